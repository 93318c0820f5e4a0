import type { TopLevelSpec } from "vega-lite";
import { meanOf } from "../../statistics/mod.ts";
import { config, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** Matrices larger than this carry no numbers in their cells. */
const LARGEST_WITH_NUMBERS = 7;

/** Whether what one layer represents is what another represents, layer by layer. */
export function consistencyMatrices(input: FigureInput): Figure {
  const rows = matrixRows(input);
  return {
    id: "consistency-matrices",
    title: "Agreement between layers, layer by layer",
    reading:
      "Spearman correlation between the dissimilarities of two layers, averaged over trainings. Darker: the two layers tell " +
      "the same images apart.",
    description:
      "Matrices of layer-by-layer correlation of representational dissimilarity, one panel per network family.",
    columns: ["category", "family", "layerA", "layerB", "orderA", "orderB", "value", "networks"],
    rows,
    filters: { category: "exact", criterion: "main", networks: true },
    choices: [],
    spec: (layout) => matrixSpec(input, rows, layout),
  };
}

function matrixRows({ results, families }: FigureInput): FigureRow[] {
  return families.flatMap((family) =>
    ["all", ...results.targets].flatMap((category) => {
      const matrices = family.networks.flatMap((network) => network.consistency[category] ?? []);
      const [first] = matrices;
      if (!first) return [];
      return first.layers.flatMap((layerA, i) =>
        first.layers.map((layerB, j) => {
          const values = matrices.map(({ matrix }) => matrix[i]?.[j] ?? null).filter((value) => value !== null);
          return {
            category,
            family: family.id,
            layerA,
            layerB,
            orderA: i,
            orderB: j,
            value: meanOf(values),
            networks: values.length,
          };
        })
      );
    })
  );
}

function matrixSpec({ families }: FigureInput, rows: readonly FigureRow[], layout: Layout): TopLevelSpec {
  const size = Math.max(1, ...rows.map((row) => Number(row.orderA) + 1));
  const wide = layout === "wide";
  // Rows of equal length; every panel has the names of its layers beside it.
  const columns = wide ? families.length <= 4 ? families.length : Math.min(4, Math.ceil(families.length / 2)) : 2;
  const side = wide ? Math.min(220, Math.floor(880 / columns) - 66) : 112;
  const axis = { title: null, ticks: false, domain: false, labelAngle: -40, labelOverlap: true };
  const layer = (name: "A" | "B") => ({
    field: `layer${name}`,
    type: "nominal",
    sort: { field: `order${name}`, op: "min" },
    axis: name === "A" ? { ...axis, labelAngle: 0 } : axis,
  });
  const layers: unknown[] = [{
    mark: { type: "rect", tooltip: false },
    encoding: {
      x: layer("B"),
      y: layer("A"),
      color: {
        field: "value",
        type: "quantitative",
        scale: {
          domain: [-0.25, 1],
          range: ["#f7f4ee", "#b9cfdc", "#3f7fa6", "#0b2f4a"],
          interpolate: "lab",
          clamp: true,
        },
        legend: { title: "Spearman ρ", gradientLength: 120, gradientThickness: 8, format: ".2~f" },
      },
      tooltip: [
        { field: "family", title: "Family" },
        { field: "layerA", title: "Layer" },
        { field: "layerB", title: "Against" },
        { field: "value", title: "ρ", format: ".3f" },
      ],
    },
  }];
  if (size <= LARGEST_WITH_NUMBERS && wide) {
    layers.push({
      transform: [{ filter: "isValid(datum.value)" }],
      mark: { type: "text", fontSize: 9 },
      encoding: {
        x: layer("B"),
        y: layer("A"),
        text: { field: "value", type: "quantitative", format: ".2f" },
        color: { condition: { test: "datum.value > 0.45", value: "#fdfcfa" }, value: PAPER.ink },
      },
    });
  }
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    facet: { field: "family", type: "nominal", title: null, sort: families.map((family) => family.id) },
    columns,
    spacing: wide ? 16 : 12,
    spec: { width: side, height: side, layer: layers },
    resolve: { scale: { x: "independent", y: "independent" } },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
