import type { TopLevelSpec } from "vega-lite";
import { formatLevel, leftOut } from "../_format.ts";
import { comparedTitle } from "../_measures.ts";
import { measureChoice } from "./_measure_choice.ts";
import { pairChoice, pairLabel } from "./_pairs.ts";
import { CHOSEN_TITLE, config, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** The panel that averages over the target categories. */
const AVERAGE = "average";

/** What language changes, layer by layer. */
export function differenceByDepth(input: FigureInput): Figure {
  const byDepth = input.results.comparisons.filter((row) => row.depth !== null && row.difference !== null);
  const measures = input.results.measures.filter(({ name }) => byDepth.some((row) => row.measure === name));
  const rows: FigureRow[] = byDepth.map((row) => ({
    criterion: row.criterion,
    comparison: pairLabel(row),
    family: row.b,
    measure: row.measure,
    counts: row.matched ? "matched" : "selected",
    category: row.category === "all" ? AVERAGE : row.category,
    depth: row.depth,
    valueA: row.valueA,
    valueB: row.valueB,
    difference: row.difference,
    low: row.interval?.[0] ?? null,
    high: row.interval?.[1] ?? null,
    pValue: row.pValue,
  }));
  const { level } = input.results.settings;
  const counts = [{ value: "selected", label: "as selected" }, { value: "matched", label: "matched" }];
  return {
    id: "difference-by-depth",
    title: "What changes, layer by layer",
    reading: "Above zero the second network has more of the measure at that depth; filled points keep p below " +
      `${leftOut(level)} after Holm’s correction over layers, and the band is the ${formatLevel(level)} interval.`,
    description: "Line chart of the difference between two network families against depth, one panel per category.",
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
      "pValue",
    ],
    rows,
    filters: { category: "any", criterion: true, networks: true },
    choices: [pairChoice(input, byDepth), measureChoice(measures, comparedTitle), {
      column: "counts",
      label: "Counts",
      options: counts.filter(({ value }) => rows.some((row) => row.counts === value)),
      initial: "selected",
    }],
    spec: (layout) => differenceSpec(input, layout),
  };
}

function differenceSpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const color = { field: "family", type: "nominal", scale: familyScales(families).color, legend: null };
  const x = {
    field: "depth",
    type: "quantitative",
    scale: { domain: [0, 1] },
    axis: { title: "Normalized depth", values: [0, 0.5, 1], format: ".1~f" },
  };
  const y = (field: string) => ({ field, type: "quantitative", axis: { title: null, format: "+~g" } });
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: CHOSEN_TITLE },
    facet: { field: "category", type: "nominal", title: null, sort: [AVERAGE, ...results.targets] },
    columns: wide ? 5 : 2,
    spacing: wide ? 20 : 14,
    spec: {
      width: wide ? 146 : 112,
      height: wide ? 150 : 110,
      layer: [
        { mark: { type: "rule", color: PAPER.muted }, encoding: { y: { datum: 0 } } },
        { mark: { type: "area", opacity: 0.16 }, encoding: { x, y: y("low"), y2: { field: "high" }, color } },
        { mark: { type: "line", strokeWidth: 2 }, encoding: { x, y: y("difference"), color } },
        {
          mark: { type: "point", size: 42, strokeWidth: 1.6 },
          encoding: {
            x,
            y: y("difference"),
            color,
            fill: {
              condition: {
                test: `datum.pValue === null || datum.pValue >= ${leftOut(results.settings.level)}`,
                value: PAPER.paper,
              },
              ...color,
            },
            tooltip: [
              { field: "comparison", title: "Comparison" },
              { field: "category", title: "Category" },
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
