import type { TopLevelSpec } from "vega-lite";
import type { ClaimResult } from "../../results/mod.ts";
import { formatLevel } from "../_format.ts";
import { comparedTitle, measureNamed } from "../_measures.ts";
import { pairLabel } from "./_pairs.ts";
import { config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

type ClaimRow = ClaimResult["rows"][number];

/** What effects are counted in: standard deviations over seeds, or, where no family has several, widths of intervals. */
type Unit = "deviations" | "half-widths";

const UNITS: Readonly<Record<Unit, { title: string; short: string; tooltip: string; reading: string }>> = {
  "deviations": {
    title: "Effect: difference in standard deviations between networks of a family",
    short: "Effect (SD between networks)",
    tooltip: "Effect (SD between networks)",
    reading: "differences are in standard deviations between networks of a family",
  },
  "half-widths": {
    title: "Difference in half-widths of its interval (beyond ±1 it excludes zero)",
    short: "Difference (half-widths)",
    tooltip: "Half-widths",
    reading:
      "no family has several networks to count effects in, so differences are in half-widths of their own interval " +
      "on the side of zero, and beyond ±1 the interval excludes zero",
  },
};

/** The effect behind every claim, in one unit, so that the claims compare. */
export function claimEffects(input: FigureInput): Figure {
  const claimRows = input.results.claims.flatMap((claim) => claim.rows);
  const unit: Unit = claimRows.some(({ effect }) => effect !== null) ? "deviations" : "half-widths";
  const rows = input.results.claims.flatMap((claim) => claim.rows.map((row) => effectRow(input, claim, row, unit)));
  const against = [...new Set(rows.map((row) => String(row.against)))];
  const level = formatLevel(input.results.settings.level);
  return {
    id: "claim-effects",
    title: "The size of every effect",
    reading:
      "Right of zero the second network has more of the measure, left of zero less; a bar that crosses zero leaves " +
      `the sign open; ${UNITS[unit].reading}. Hollow marks compare equal proportions of units, so that a threshold ` +
      "cannot make the difference.",
    description: `Dot plot of differences in ${
      unit === "deviations" ? "standard deviations between networks" : "half-widths of their intervals"
    } with ${level} intervals, one row per measure.`,
    columns: [
      "claim",
      "criterion",
      "comparison",
      "measure",
      "matched",
      "verdict",
      "difference",
      "low",
      "high",
      "effect",
      "unit",
      "size",
      "sizeLow",
      "sizeHigh",
    ],
    rows: rows.filter((row) => row.size !== null),
    filters: { criterion: true, networks: true },
    choices: [{
      column: "against",
      label: "Against",
      options: against.map((value) => ({ value, label: value })),
      initial: against.find((id) => input.families.find((family) => family.id === id)?.supervision === "vision") ??
        against[0] ?? "",
    }],
    spec: (layout) => forest(input, layout, unit),
  };
}

/** How much of the measure one unit is; null where there is none to count in. */
function unitOf({ difference, interval, effect }: ClaimRow, unit: Unit): number | null {
  if (difference === null) return null;
  if (unit === "deviations") return effect !== null && effect !== 0 ? difference / effect : null;
  if (interval === null) return null;
  const [low, high] = interval;
  const half = difference > 0 ? difference - low : difference < 0 ? high - difference : (high - low) / 2;
  // An interval without width is nothing to count in.
  return half > 1e-9 * Math.abs(difference) ? half : null;
}

function effectRow({ results }: FigureInput, claim: ClaimResult, row: ClaimRow, unit: Unit): FigureRow {
  const { difference, interval, effect } = row;
  const one = unitOf(row, unit);
  const count = (value: number | undefined): number | null => value === undefined || one === null ? null : value / one;
  const measure = measureNamed(results, row.measure);
  const units = row.category === undefined ? "" : `, ${row.category}`;
  return {
    claim: claim.id,
    criterion: row.criterion,
    comparison: pairLabel(row),
    against: row.a,
    family: row.b,
    measure: `${comparedTitle(measure)}${units}`,
    short: `${measure.short}${units}`,
    matched: row.matched,
    verdict: row.verdict,
    difference,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
    effect,
    unit,
    size: effect === 0 ? 0 : count(difference ?? undefined),
    sizeLow: count(interval?.[0]),
    sizeHigh: count(interval?.[1]),
    lane: `${row.b}${row.matched ? " (matched)" : ""}`,
  };
}

function forest(input: FigureInput, layout: Layout, unit: Unit): TopLevelSpec {
  const wide = layout === "wide";
  const y = {
    field: wide ? "measure" : "short",
    type: "nominal",
    sort: null,
    title: null,
    axis: {
      labelLimit: wide ? 320 : 110,
      labelFontSize: wide ? 12 : 10,
      labelColor: PAPER.ink,
      grid: true,
      tickBand: "extent",
    },
  };
  const yOffset = { field: "lane", type: "nominal", sort: null };
  const color = {
    field: "family",
    type: "nominal",
    scale: familyScales(input.families).color,
    legend: { title: null, symbolType: "circle" },
  };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: wide ? UNITS[unit].title : UNITS[unit].short },
    width: wide ? 560 : 190,
    height: { step: wide ? 13 : 10, for: "offset" },
    layer: [
      { mark: { type: "rule", color: PAPER.muted }, encoding: { x: { datum: 0 } } },
      ...(unit === "half-widths" ? [-1, 1] : []).map((bound) => ({
        mark: { type: "rule", color: PAPER.muted, strokeDash: [2, 3] },
        encoding: { x: { datum: bound } },
      })),
      {
        mark: { type: "rule", strokeWidth: 2 },
        encoding: {
          y,
          yOffset,
          color,
          x: { field: "sizeLow", type: "quantitative" },
          x2: { field: "sizeHigh" },
          opacity: fading(0.55, 0.1),
        },
      },
      {
        mark: { type: "point", size: wide ? 62 : 40, strokeWidth: 1.6 },
        encoding: {
          y,
          yOffset,
          color,
          x: { field: "size", type: "quantitative", axis: { title: null, grid: true } },
          fillOpacity: { condition: { test: "datum.matched", value: 0 }, value: 1 },
          fill: color,
          opacity: fading(1, 0.12),
          tooltip: [
            { field: "comparison", title: "Comparison" },
            { field: "measure", title: "Measure" },
            { field: "matched", title: "Matched counts" },
            { field: "difference", title: "Difference", format: "+.3~g" },
            { field: "low", title: "Lower bound", format: "+.3~g" },
            { field: "high", title: "Upper bound", format: "+.3~g" },
            { field: "size", title: UNITS[unit].tooltip, format: "+.3~g" },
            { field: "verdict", title: "Verdict" },
          ],
        },
      },
    ],
    config: config(layout),
  } as unknown as TopLevelSpec;
}
