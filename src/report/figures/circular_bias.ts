import type { TopLevelSpec } from "vega-lite";
import type { MeasureResult } from "../../results/mod.ts";
import { measuresWhere } from "../_measures.ts";
import { measureChoice } from "./_measure_choice.ts";
import { placedCategories } from "./_placed_categories.ts";
import { CHOSEN_TITLE, config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** How much measuring on the images that selected the units would flatter them. */
export function circularBias(input: FigureInput): Figure {
  const measures = measuresWhere(input.results, ({ kind }) => kind === "unit");
  const rows = biasRows(input, measures);
  return {
    id: "circular-bias",
    title: "What circular measurement would have claimed",
    reading:
      "Each point is a network at a layer: across, the measure on images that did not select its units; up, on those " +
      "that did. The height above the diagonal is the bias that held-out measurement takes away.",
    description: "Scatter plot of circular against held-out estimates, one panel per category.",
    columns: ["measure", "category", "family", "network", "layer", "depth", "heldOut", "circular"],
    rows,
    filters: { category: "any", networks: true },
    choices: [measureChoice(measures.filter(({ name }) => rows.some((row) => row.measure === name)))],
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
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: CHOSEN_TITLE, ...(wide && { subtitle: "Up: on the selecting images. Across: held out." }) },
    facet: { field: "category", type: "nominal", title: null, sort: [...results.targets] },
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    spec: {
      width: wide ? 188 : 112,
      height: wide ? 188 : 112,
      layer: [
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
          mark: { type: "point", filled: true, size: 30 },
          encoding: {
            x: { field: "heldOut", type: "quantitative", scale: { zero: false }, axis: { ...axis, title: "Held out" } },
            y: { field: "circular", type: "quantitative", scale: { zero: false }, axis: { ...axis, title: null } },
            color: { field: "family", type: "nominal", scale: scales.color, legend: { title: null } },
            shape: { field: "family", type: "nominal", scale: scales.shape, legend: { title: null } },
            opacity: fading(0.8, 0.1),
            tooltip: [
              { field: "network", title: "Network" },
              { field: "layer", title: "Layer" },
              { field: "heldOut", title: "Held out", format: ".3~g" },
              { field: "circular", title: "Circular", format: ".3~g" },
            ],
          },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
