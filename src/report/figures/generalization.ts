import type { TopLevelSpec } from "vega-lite";
import { placedCategories } from "./_placed_categories.ts";
import { ruleAt } from "./_category_panels.ts";
import { CHOSEN_TITLE, config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import { overTrainings } from "./_over_trainings.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

const MEASURES = [
  { value: "dprime", label: "d′ on the kind that was left out" },
  { value: "ratio", label: "d′ on the kind left out over d′ on the kinds that selected" },
  { value: "retained", label: "Share of units selected again from the kind left out" },
  { value: "retainedSelecting", label: "The same from as many images of the kinds that selected" },
] as const;

/** Whether units keep their preference on a finer category that had no part in selecting them. */
export function generalization(input: FigureInput): Figure {
  return {
    id: "generalization",
    title: "From one kind to another, at the chosen depth",
    reading:
      "Units selected without one kind of image of their category, tested on that kind alone. Right of zero they prefer the " +
      "category, not just the kinds that selected them.",
    description: "Dot plot of selectivity on left-out finer categories, one panel per category.",
    columns: ["measure", "category", "leftOut", "selectedOn", "family", "network", "layer", "value"],
    rows: generalizationRows(input),
    filters: { category: "any", criterion: "main", layer: true, networks: true },
    choices: [{ column: "measure", label: "Measure", options: MEASURES, initial: "dprime" }],
    spec: (layout) => leftOutSpec(input, layout),
  };
}

function generalizationRows(input: FigureInput): FigureRow[] {
  return MEASURES.flatMap(({ value: measure }) =>
    placedCategories(input).flatMap(({ place: { category, ...place }, found }) =>
      found.generalization.flatMap(({ to: leftOut, from: selectedOn, [measure]: value = null }) =>
        value === null ? [] : [{ measure, category, leftOut, selectedOn, ...place, value }]
      )
    )
  );
}

function leftOutSpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const scales = familyScales(families);
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: CHOSEN_TITLE },
    facet: { field: "category", type: "nominal", title: null, sort: [...results.targets] },
    columns: wide ? 2 : 1,
    spacing: wide ? 26 : 14,
    resolve: { scale: { y: "independent" } },
    spec: {
      width: wide ? 300 : 190,
      height: { step: wide ? 24 : 20 },
      layer: [
        ruleAt("x", 0),
        {
          transform: overTrainings(["leftOut", "selectedOn"]),
          mark: { type: "point", filled: true, size: 48 },
          encoding: {
            x: { field: "mean", type: "quantitative", axis: { title: null, grid: true, tickCount: 5 } },
            y: {
              field: "leftOut",
              type: "nominal",
              axis: { title: null, labelColor: PAPER.ink, labelLimit: wide ? 130 : 100, grid: true },
            },
            color: { field: "family", type: "nominal", scale: scales.color, legend: { title: null } },
            shape: { field: "family", type: "nominal", scale: scales.shape, legend: { title: null } },
            opacity: fading(0.8, 0.1),
            tooltip: [
              { field: "family", title: "Family" },
              { field: "leftOut", title: "Left out" },
              { field: "selectedOn", title: "Selected on" },
              { field: "mean", title: "Mean", format: ".3~g" },
              { field: "least", title: "From", format: ".3~g" },
              { field: "most", title: "To", format: ".3~g" },
              { field: "trainings", title: "Trainings" },
            ],
          },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
