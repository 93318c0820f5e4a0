import type { TopLevelSpec } from "vega-lite";
import type { MeasureResult } from "../../results/mod.ts";
import { measuresWhere } from "../_measures.ts";
import { categoryPanels, ruleAt } from "./_category_panels.ts";
import { familyLines } from "./_family_lines.ts";
import { measureChoice } from "./_measure_choice.ts";
import { placedCategories } from "./_placed_categories.ts";
import { CHOSEN_TITLE } from "./_theme.ts";
import { valueAxis } from "./_value_axis.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** How selectivity is spread over the selected units, not only its mean. */
export function selectivityDistribution(input: FigureInput): Figure {
  const measures = measuresWhere(input.results, ({ kind, primary }) => kind === "unit" && primary);
  const rows = distributionRows(input, measures);
  return {
    id: "selectivity-distribution",
    title: "How selectivity is spread over the selected units",
    reading:
      "Share of the selected units at or below each value, on new images. A line further right means sharper units; left " +
      "of zero, units lost their preference.",
    description: "Cumulative distributions of held-out selectivity over selected units, one panel per category.",
    columns: ["measure", "category", "family", "network", "layer", "share", "value"],
    rows,
    filters: { category: "any", criterion: "main", layer: true, networks: true },
    choices: [measureChoice(measures.filter(({ name }) => rows.some((row) => row.measure === name)))],
    panels: input.results.targets,
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
    y: { field: "share", type: "quantitative", axis: { title: null, ...valueAxis(".0%"), values: [0, 0.5, 1] } },
    order: "share",
    mean: ["value"],
    tooltip: [{ field: "family", title: "Family" }, { field: "share", title: "Share of units", format: ".0%" }, {
      field: "value",
      title: "Value",
      format: ".3~g",
    }],
  });
  return categoryPanels(layout, {
    title: { text: CHOSEN_TITLE, subtitle: "Share of the selected units at or below" },
    sort: input.results.targets,
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    width: wide ? 188 : 112,
    height: wide ? 150 : 110,
    layers: [ruleAt("x", 0), ...lines],
  });
}
