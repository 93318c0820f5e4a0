import type { TopLevelSpec } from "vega-lite";
import type { ClaimResult, MeasureResult } from "../../results/mod.ts";
import { formatLevel } from "../_format.ts";
import { comparedTitle, measureNamed } from "../_measures.ts";
import { pairLabel } from "./_pairs.ts";
import { config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

type ClaimRow = ClaimResult["rows"][number];

/** The effect behind every claim, each measure in its own unit. */
export function claimEffects(input: FigureInput): Figure {
  const rows = input.results.claims.filter(({ id }) => id !== "presence")
    .flatMap((claim) => claim.rows.map((row) => effectRow(input, claim, row)))
    .filter(({ difference }) => difference !== null);
  const against = [...new Set(rows.map((row) => String(row.against)))];
  const level = formatLevel(input.results.settings.level);
  return {
    id: "claim-effects",
    title: "The size of every effect",
    reading: "Right of zero the second network has more of the measure, left of zero less; a bar is the " +
      `${level} interval. Dotted lines bound differences too small to be of interest. Hollow marks compare equal ` +
      "proportions of units.",
    description: `Dot plots of differences with ${level} intervals, one panel per measure, each in its own unit.`,
    columns: ["claim", "criterion", "comparison", "measure", "matched", "verdict", "difference", "low", "high", "unit"],
    rows,
    filters: { criterion: true, networks: true },
    choices: [{
      column: "against",
      label: "Against",
      options: against.map((value) => ({ value, label: value })),
      initial: against.find((id) => input.families.find((family) => family.id === id)?.supervision === "vision") ??
        against[0] ?? "",
    }],
    spec: (layout) => forest(input, layout, [...new Set(rows.map(({ measure }) => String(measure)))]),
  };
}

/** The unit of differences: shares differ by points. */
function unitOf({ format, unit }: MeasureResult): string {
  return format === "percent" ? "points" : unit;
}

function effectRow({ results }: FigureInput, claim: ClaimResult, row: ClaimRow): FigureRow {
  const measure = measureNamed(results, row.measure);
  const { difference, interval } = row;
  const scaled = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : measure.format === "percent" ? 100 * value : value;
  const units = row.category === undefined ? "" : `, ${row.category}`;
  const unit = unitOf(measure);
  const smallest = measure.smallest?.scale === "difference" ? measure.smallest.value : null;
  return {
    claim: claim.id,
    criterion: row.criterion,
    comparison: pairLabel(row),
    against: row.a,
    family: row.b,
    measure: `${comparedTitle(measure)}${units}${unit === "" ? "" : ` (${unit})`}`,
    matched: row.matched,
    verdict: row.verdict,
    difference: scaled(difference),
    low: scaled(interval?.[0]),
    high: scaled(interval?.[1]),
    unit,
    less: smallest === null ? null : -scaled(smallest)!,
    more: scaled(smallest),
    lane: `${row.b}${row.matched ? " (matched)" : ""}`,
  };
}

function forest(input: FigureInput, layout: Layout, measures: readonly string[]): TopLevelSpec {
  const wide = layout === "wide";
  const y = { field: "lane", type: "nominal", sort: null, title: null, axis: null };
  const color = {
    field: "family",
    type: "nominal",
    scale: familyScales(input.families).color,
    legend: { title: null, symbolType: "circle" },
  };
  const x = (field: string) => ({
    field,
    type: "quantitative",
    axis: { title: null, grid: true, tickCount: 5, format: "+~g" },
  });
  const bound = (field: string) => ({
    mark: { type: "rule", color: PAPER.muted, strokeDash: [2, 3] },
    encoding: { x: x(field) },
  });
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    facet: {
      field: "measure",
      type: "nominal",
      sort: [...measures],
      title: null,
      header: {
        labelAnchor: "start",
        labelFontSize: wide ? 12 : 11,
        labelColor: PAPER.ink,
        labelLimit: wide ? 330 : 300,
      },
    },
    columns: wide ? 2 : 1,
    spacing: { row: wide ? 18 : 14, column: 34 },
    resolve: { scale: { x: "independent" } },
    spec: {
      width: wide ? 330 : 250,
      height: { step: wide ? 13 : 11 },
      layer: [
        { mark: { type: "rule", color: PAPER.muted }, encoding: { x: { datum: 0, type: "quantitative" } } },
        bound("less"),
        bound("more"),
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: { y, color, x: x("low"), x2: { field: "high" }, opacity: fading(0.55, 0.1) },
        },
        {
          mark: { type: "point", size: wide ? 62 : 40, strokeWidth: 1.6 },
          encoding: {
            y,
            color,
            x: x("difference"),
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
              { field: "verdict", title: "Verdict" },
            ],
          },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
