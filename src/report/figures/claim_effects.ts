import type { TopLevelSpec } from "vega-lite";
import type { ClaimResult, MeasureResult } from "../../results/mod.ts";
import { formatLevel } from "../_format.ts";
import { differenceTitle, differenceUnit, inNaturalUnit, measureNamed } from "../_measures.ts";
import { againstChoice, pairLabel } from "./_pairs.ts";
import { config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import { valueAxis } from "./_value_axis.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

type ClaimRow = ClaimResult["rows"][number];

/**
 * The differences behind the claims, a small axis for each measure in its own unit.
 *
 * @param which The measures that decide the claims, or the others, which are folded away.
 */
export function claimEffects(which: "primary" | "other"): (input: FigureInput) => Figure {
  return (input) => {
    const rows = input.results.claims.filter(({ id }) => id !== "presence")
      .flatMap((claim) => claim.rows.map((row) => ({ row, measure: measureNamed(input.results, row.measure), claim })))
      .filter(({ row, measure }) => row.difference !== null && measure.primary === (which === "primary"))
      .map(({ claim, row, measure }) => effectRow(claim, row, measure));
    const level = formatLevel(input.results.settings.level);
    return {
      id: which === "primary" ? "claim-effects" : "other-effects",
      title: which === "primary" ? "The size of every effect" : "The size of the effects on other measures",
      reading:
        `Right of zero the second family has more; bars are ${level} intervals. Dotted lines bound differences too ` +
        "small to be of interest. Hollow marks compare equal proportions of units.",
      description: `Dot plots of differences with ${level} intervals, one panel per measure, each in its own unit.`,
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
        "unit",
      ],
      rows,
      filters: { criterion: "chosen", networks: true },
      choices: [againstChoice(input, rows)],
      ...(which === "other" && { folded: "The other measures: the size of every effect" }),
      spec: (layout) => forest(input, layout, rows),
    };
  };
}

function effectRow(claim: ClaimResult, row: ClaimRow, measure: MeasureResult): FigureRow {
  const { difference, interval } = row;
  const units = row.category === undefined ? "" : `, ${row.category}`;
  const unit = differenceUnit(measure);
  const smallest = measure.smallest?.scale === "difference" ? inNaturalUnit(measure, measure.smallest.value) : null;
  return {
    claim: claim.id,
    criterion: row.criterion,
    comparison: pairLabel(row),
    against: row.a,
    family: row.b,
    measure: `${differenceTitle(measure)}${units}`,
    matched: row.matched,
    verdict: row.verdict,
    difference: inNaturalUnit(measure, difference),
    low: inNaturalUnit(measure, interval?.[0]),
    high: inNaturalUnit(measure, interval?.[1]),
    unit,
    less: smallest === null ? null : -smallest,
    more: smallest,
    lane: `${row.b}${row.matched ? " (matched)" : ""}`,
  };
}

function forest(input: FigureInput, layout: Layout, rows: readonly FigureRow[]): TopLevelSpec {
  const measures = [...new Set(rows.map(({ measure }) => String(measure)))];
  const drawn = input.families.map(({ id }) => id).filter((id) => rows.some(({ family }) => family === id));
  const wide = layout === "wide";
  const scales = familyScales(input.families);
  const y = { field: "lane", type: "nominal", sort: null, title: null, axis: null };
  const legend = { title: null, values: drawn };
  const color = { field: "family", type: "nominal", scale: scales.color, legend };
  const x = (field: string) => ({
    field,
    type: "quantitative",
    axis: { title: null, grid: true, tickCount: 4, ...valueAxis("+.3~r") },
  });
  const bound = (field: string) => ({
    transform: [{ aggregate: [{ op: "max", field, as: field }], groupby: ["measure"] }],
    mark: { type: "rule", color: PAPER.muted, strokeDash: [2, 3] },
    encoding: { x: x(field) },
  });
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    facet: {
      field: "measure",
      type: "nominal",
      sort: measures,
      title: null,
      header: {
        labelAnchor: "start",
        labelFontSize: 11,
        labelColor: PAPER.ink,
        labelLimit: wide ? 420 : 330,
      },
    },
    columns: wide ? 2 : 1,
    spacing: { row: wide ? 18 : 14, column: 26 },
    resolve: { scale: { x: "independent" } },
    spec: {
      width: wide ? 418 : 300,
      height: { step: wide ? 13 : 11 },
      layer: [
        {
          transform: [{ aggregate: [{ op: "count", as: "rows" }], groupby: ["measure"] }],
          mark: { type: "rule", color: PAPER.muted },
          encoding: { x: { datum: 0, type: "quantitative" } },
        },
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
            shape: { field: "family", type: "nominal", scale: scales.shape, legend },
            x: x("difference"),
            fillOpacity: { condition: { test: "datum.matched", value: 0 }, value: 1 },
            fill: color,
            opacity: fading(1, 0.12),
            tooltip: [
              { field: "comparison", title: "Comparison" },
              { field: "measure", title: "Measure" },
              { field: "matched", title: "Equal proportions" },
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
