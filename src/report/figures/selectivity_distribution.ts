import type { TopLevelSpec } from "vega-lite";
import type { MeasureResult } from "../../results/mod.ts";
import { measuresWhere } from "../_measures.ts";
import { familyLines } from "./_family_lines.ts";
import { measureChoice } from "./_measure_choice.ts";
import { placedCategories } from "./_placed_categories.ts";
import { CHOSEN_TITLE, config, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** How selectivity is spread over the selected units, not only its mean. */
export function selectivityDistribution(input: FigureInput): Figure {
  const measures = measuresWhere(input.results, ({ kind }) => kind === "unit");
  const rows = distributionRows(input, measures);
  return {
    id: "selectivity-distribution",
    title: "How selectivity is spread over the selected units",
    reading:
      "Each line rises from 0 to 100 % of the selected units as their held-out selectivity grows: a line further " +
      "right means sharper units, and what lies left of zero did not keep its preference on new images.",
    description: "Cumulative distributions of held-out selectivity over selected units, one panel per category.",
    columns: ["measure", "category", "family", "network", "layer", "share", "value"],
    rows,
    filters: { category: "any", layer: true, networks: true },
    choices: [measureChoice(measures.filter(({ name }) => rows.some((row) => row.measure === name)))],
    spec: (layout) => distributionSpec(input, layout),
  };
}

function distributionRows(input: FigureInput, measures: readonly MeasureResult[]): FigureRow[] {
  return measures.flatMap(({ name: measure }) =>
    placedCategories(input).flatMap(({ place, found }) =>
      (found.spread?.[measure] ?? []).map((value, step, quantiles) => ({
        measure,
        ...place,
        share: step / (quantiles.length - 1),
        value,
      }))
    )
  );
}

function distributionSpec(input: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const lines = familyLines(input, {
    x: { field: "value", type: "quantitative", axis: { title: null, tickCount: 4 } },
    y: { field: "share", type: "quantitative", axis: { title: null, format: ".0%", values: [0, 0.5, 1] } },
    order: "share",
    mean: ["value"],
    tooltip: [{ field: "family", title: "Family" }, { field: "share", title: "Share of units", format: ".0%" }, {
      field: "value",
      title: "Value",
      format: ".3~g",
    }],
  });
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: CHOSEN_TITLE, subtitle: "Share of the selected units at or below" },
    facet: { field: "category", type: "nominal", title: null, sort: [...input.results.targets] },
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    spec: {
      width: wide ? 188 : 112,
      height: wide ? 150 : 110,
      layer: [{ mark: { type: "rule", color: PAPER.rule }, encoding: { x: { datum: 0 } } }, ...lines],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
