import type { TopLevelSpec } from "vega-lite";
import { meanOf } from "../../statistics/mod.ts";
import { config, HIGHLIGHT } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** How far apart the conditions lie at a layer. */
export function conditionDissimilarity(input: FigureInput): Figure {
  return {
    id: "condition-dissimilarity",
    title: "How far apart the conditions are at the chosen depth",
    reading:
      "Mean dissimilarity between images of two conditions over all sampled units, averaged over trainings. Dark squares " +
      "are conditions that the layer tells apart.",
    description: "Matrices of dissimilarity between conditions, one panel per network family.",
    columns: ["family", "layer", "conditionA", "conditionB", "value"],
    rows: dissimilarityRows(input),
    filters: { criterion: "none", layer: true, networks: true },
    choices: [],
    spec: (layout) => dissimilaritySpec(input, layout),
  };
}

/** Conditions whose images were compared: not those made from others, where only some criteria use them. */
function comparedConditions({ conditions, settings }: FigureInput["results"]): { name: string; index: number }[] {
  return conditions.map((name, index) => ({ name, index })).filter(({ name }) => !settings.derived.includes(name));
}

function dissimilarityRows({ results, families }: FigureInput): FigureRow[] {
  const conditions = comparedConditions(results);
  return families.flatMap((family) =>
    family.networks[0].layers.flatMap(({ name }) => {
      const matrices = family.networks.flatMap((network) =>
        network.layers.filter((layer) => layer.name === name).map((layer) => layer.dissimilarity)
      );
      return conditions.flatMap((a) =>
        conditions.map((b) => ({
          family: family.id,
          layer: name,
          conditionA: a.name,
          conditionB: b.name,
          value: meanOf(matrices.map((matrix) => matrix[a.index]?.[b.index])),
        }))
      );
    })
  );
}

function dissimilaritySpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const columns = wide ? Math.min(5, families.length) : 2;
  const side = wide ? Math.min(190, Math.floor(820 / columns) - 18) : 96;
  const axis = { title: null, ticks: false, domain: false, labelLimit: 100 };
  const sort = comparedConditions(results).map(({ name }) => name);
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    facet: { field: "family", type: "nominal", title: null, sort: families.map((family) => family.id) },
    columns,
    spacing: wide ? 18 : 10,
    spec: {
      width: side,
      height: side,
      mark: { type: "rect" },
      encoding: {
        x: { field: "conditionB", type: "nominal", sort, axis: { ...axis, labelAngle: -45 } },
        y: { field: "conditionA", type: "nominal", sort, axis },
        color: {
          field: "value",
          type: "quantitative",
          scale: { zero: true, range: ["#f7f4ee", "#e3c4a4", "#b9704f", "#4f1f2b"], interpolate: "lab" },
          legend: { title: "1 − Pearson r", gradientLength: 120, gradientThickness: 8, format: ".2~f", tickCount: 3 },
        },
        tooltip: [
          { field: "family", title: "Family" },
          { field: "conditionA", title: "Condition" },
          { field: "conditionB", title: "Against" },
          { field: "value", title: "1 − r", format: ".3f" },
        ],
      },
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
