import type { TopLevelSpec } from "vega-lite";
import type { MeasureResult } from "../../results/mod.ts";
import { measuresWhere } from "../_measures.ts";
import { measureChoice } from "./_measure_choice.ts";
import { placedCategories } from "./_placed_categories.ts";
import { categoryPanels } from "./_category_panels.ts";
import { CHOSEN_TITLE, fading, familyScales, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** How much measuring on the images that selected the units would flatter them. */
export function circularBias(input: FigureInput): Figure {
  const measures = measuresWhere(input.results, ({ kind }) => kind === "unit");
  const rows = biasRows(input, measures);
  return {
    id: "circular-bias",
    title: "What circular measurement would have claimed",
    reading: "Across: measured on new images. Up: on the images that selected the units. Height " +
      "above the diagonal is bias that held-out measurement removes.",
    description: "Scatter plot of circular against held-out estimates, one panel per category.",
    columns: ["measure", "category", "family", "network", "layer", "depth", "heldOut", "circular"],
    rows,
    filters: { category: "any", criterion: "main", networks: true },
    choices: [measureChoice(measures.filter(({ name }) => rows.some((row) => row.measure === name)))],
    panels: input.results.targets,
    spec: (layout) => biasSpec(input, layout),
  };
}

function biasRows(input: FigureInput, measures: readonly MeasureResult[]): FigureRow[] {
  return measures.flatMap(({ name: measure }) =>
    placedCategories(input).flatMap(({ place, layer, found }) => {
      const heldOut = found.measures[measure]?.value ?? null;
      const circular = found.circular[measure] ?? null;
      if (heldOut === null || circular === null) return [];
      return [{ measure, ...place, depth: layer.depth, heldOut, circular }];
    })
  );
}

function biasSpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const scales = familyScales(families);
  const axis = { tickCount: 4, format: "~g" };
  return categoryPanels(layout, {
    title: { text: CHOSEN_TITLE, ...(wide && { subtitle: "Up: on the selecting images. Across: held out." }) },
    sort: results.targets,
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    width: wide ? 188 : 112,
    height: wide ? 188 : 112,
    layers: [
      {
        transform: [
          {
            aggregate: [{ op: "min", field: "heldOut", as: "from" }, { op: "max", field: "heldOut", as: "to" }],
            groupby: ["category"],
          },
        ],
        mark: { type: "rule", color: PAPER.muted, strokeDash: [3, 3] },
        encoding: {
          x: { field: "from", type: "quantitative" },
          y: { field: "from", type: "quantitative" },
          x2: { field: "to" },
          y2: { field: "to" },
        },
      },
      {
        transform: [{
          aggregate: [
            { op: "mean", field: "heldOut", as: "heldOut" },
            { op: "mean", field: "circular", as: "circular" },
          ],
          groupby: ["category", "family", "layer"],
        }],
        mark: { type: "point", filled: true, size: 30 },
        encoding: {
          x: { field: "heldOut", type: "quantitative", scale: { zero: false }, axis: { ...axis, title: "Held out" } },
          y: { field: "circular", type: "quantitative", scale: { zero: false }, axis: { ...axis, title: null } },
          color: { field: "family", type: "nominal", scale: scales.color, legend: { title: null } },
          shape: { field: "family", type: "nominal", scale: scales.shape, legend: { title: null } },
          opacity: fading(0.8, 0.1),
          tooltip: [
            { field: "family", title: "Family" },
            { field: "layer", title: "Layer" },
            { field: "heldOut", title: "Held out", format: ".3~g" },
            { field: "circular", title: "Circular", format: ".3~g" },
          ],
        },
      },
    ],
  });
}
