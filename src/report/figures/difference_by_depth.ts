import { differenceTitle, differenceUnit, inNaturalUnit } from "../_measures.ts";
import type { TopLevelSpec } from "vega-lite";
import type { ComparisonResult, MeasureResult } from "../../results/mod.ts";
import { formatLevel, leftOut } from "../_format.ts";
import { againstChoice, pairLabel } from "./_pairs.ts";
import { config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import { valueAxis } from "./_value_axis.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

const COUNTS = [{ value: "selected", label: "as selected" }, { value: "matched", label: "at equal proportions" }];

/**
 * What differs between families, layer by layer: a small axis for each measure in its own unit.
 *
 * @param which The measures that decide the claims, or the others, which are folded away.
 */
export function differenceByDepth(which: "primary" | "other"): (input: FigureInput) => Figure {
  return (input) => {
    const { comparisons, measures: all, settings: { level } } = input.results;
    const byDepth = comparisons.filter((row) => row.depth !== null);
    const measures = all.filter(({ name, primary }) =>
      primary === (which === "primary") && byDepth.some((row) => row.measure === name && row.difference !== null)
    );
    const rows = measures.flatMap((measure) =>
      byDepth.filter((row) => row.measure === measure.name).map((row) => differenceRow(row, measure))
    );
    return {
      id: which === "primary" ? "difference-by-depth" : "other-differences-by-depth",
      title: which === "primary"
        ? "What changes, layer by layer"
        : "What changes in the other measures, layer by layer",
      reading: `Above zero the family has more than the one it is compared with. Bands are ${
        formatLevel(level)
      } intervals; filled points keep p below ${leftOut(level)} after Holm’s correction over layers.`,
      description:
        "Line charts of differences between network families against depth, one panel per measure, each in its " +
        "own unit.",
      columns: [
        "criterion",
        "comparison",
        "measure",
        "counts",
        "category",
        "depth",
        "valueA",
        "valueB",
        "difference",
        "low",
        "high",
        "unit",
        "pValue",
      ],
      rows,
      filters: {
        category: "exact",
        criterion: new Set(rows.map((row) => row.criterion)).size > 1 ? "chosen" : "main",
        networks: true,
      },
      choices: [againstChoice(input, rows), {
        column: "counts",
        label: "Units",
        options: COUNTS.filter(({ value }) => rows.some((row) => row.counts === value)),
        initial: COUNTS[0].value,
      }],
      ...(which === "other" && { folded: "The other measures, layer by layer" }),
      spec: (layout) => differenceSpec(input, { measures, rows, layout }),
    };
  };
}

function differenceRow(row: ComparisonResult, measure: MeasureResult): FigureRow {
  return {
    criterion: row.criterion,
    comparison: pairLabel(row),
    against: row.a,
    family: row.b,
    measure: row.measure,
    panel: differenceTitle(measure),
    counts: row.matched ? "matched" : "selected",
    category: row.category,
    depth: row.depth,
    valueA: row.valueA,
    valueB: row.valueB,
    difference: inNaturalUnit(measure, row.difference),
    low: inNaturalUnit(measure, row.interval?.[0]),
    high: inNaturalUnit(measure, row.interval?.[1]),
    unit: differenceUnit(measure),
    pValue: row.pValue,
  };
}

function differenceSpec(
  { results, families }: FigureInput,
  { measures, rows, layout }: {
    readonly measures: readonly MeasureResult[];
    readonly rows: readonly FigureRow[];
    readonly layout: Layout;
  },
): TopLevelSpec {
  const wide = layout === "wide";
  const scales = familyScales(families);
  const drawn = families.map(({ id }) => id).filter((id) => rows.some(({ family }) => family === id));
  const legend = { title: null, values: drawn };
  const color = { field: "family", type: "nominal", scale: scales.color, legend };
  const x = {
    field: "depth",
    type: "quantitative",
    scale: { domain: [0, 1] },
    axis: { title: "Normalized depth", values: [0, 0.5, 1], format: ".1~f" },
  };
  const y = (field: string) => ({
    field,
    type: "quantitative",
    axis: { title: null, ...valueAxis("+.3~r"), tickCount: 4 },
  });
  const line = { detail: { field: "comparison" } };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    facet: {
      field: "panel",
      type: "nominal",
      title: null,
      sort: measures.map(differenceTitle),
      header: { labelAnchor: "start", labelFontSize: 11, labelLimit: wide ? 400 : 330 },
    },
    columns: wide ? 2 : 1,
    spacing: { row: 16, column: wide ? 30 : 14 },
    resolve: { scale: { y: "independent" } },
    spec: {
      width: wide ? 390 : 290,
      height: wide ? 130 : 100,
      layer: [
        {
          transform: [{ aggregate: [{ op: "count", as: "rows" }], groupby: ["panel"] }],
          mark: { type: "rule", color: PAPER.muted },
          encoding: { y: { datum: 0, type: "quantitative" } },
        },
        {
          mark: { type: "area" },
          encoding: { x, y: y("low"), y2: { field: "high" }, color, ...line, opacity: fading(0.12, 0.03) },
        },
        {
          mark: { type: "line", strokeWidth: 1.8 },
          encoding: { x, y: y("difference"), color, ...line, opacity: fading(1, 0.12) },
        },
        {
          mark: { type: "point", size: 36, strokeWidth: 1.5 },
          encoding: {
            x,
            y: y("difference"),
            color,
            shape: { field: "family", type: "nominal", scale: scales.shape, legend },
            fill: {
              condition: {
                test: `datum.pValue === null || datum.pValue >= ${leftOut(results.settings.level)}`,
                value: PAPER.paper,
              },
              ...color,
            },
            opacity: fading(1, 0.12),
            tooltip: [
              { field: "comparison", title: "Comparison" },
              { field: "category", title: "Category" },
              { field: "depth", title: "Depth", format: ".2f" },
              { field: "difference", title: "Difference", format: "+.3~g" },
              { field: "low", title: "Lower bound", format: "+.3~g" },
              { field: "high", title: "Upper bound", format: "+.3~g" },
              { field: "pValue", title: "p (Holm)", format: ".2~g" },
            ],
          },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
