import type { TopLevelSpec } from "vega-lite";
import { MAP_COLUMNS, mapRows } from "./_map_rows.ts";
import { config, fading, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, Layout } from "./figure.ts";

/** Where in the feature maps selective units are, at one depth. */
export function positionMaps(input: FigureInput): Figure {
  return {
    id: "position-maps",
    title: "Where selective units are, at the chosen depth",
    reading:
      "Each square is the image plane of one layer, summed over channels: a third of full colour is what an even spread " +
      "gives, full colour three times that or more, and a clear square none.",
    description: "Maps of the positions of selective units, one row per category and one column per network family.",
    columns: MAP_COLUMNS,
    rows: mapRows(input),
    filters: { category: "any", layer: true, networks: true },
    choices: [],
    spec: (layout) => mapSpec(input, layout),
  };
}

function mapSpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const room = (layout === "wide" ? 860 : 250) / Math.max(1, families.length);
  const size = Math.max(24, Math.min(104, Math.floor(room) - 10));
  const center = { x: { value: size / 2 }, y: { value: size / 2 } };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    facet: {
      row: {
        field: "category",
        type: "nominal",
        title: null,
        sort: [...results.targets],
        header: { labelAngle: 0, labelAlign: "left", labelPadding: 8 },
      },
      column: {
        field: "family",
        type: "nominal",
        title: null,
        sort: families.map((family) => family.id),
        header: { labelLimit: size + 12, labelFontSize: layout === "wide" ? 12 : 9 },
      },
    },
    spacing: 10,
    spec: {
      width: size,
      height: size,
      layer: [
        {
          mark: { type: "image", width: size, height: size, aspect: false, smooth: false },
          encoding: { ...center, url: { field: "url" }, opacity: fading(1, 0.2) },
        },
        {
          mark: { type: "rect", fill: "transparent", stroke: PAPER.rule, width: size, height: size },
          encoding: {
            ...center,
            tooltip: [
              { field: "family", title: "Family" },
              { field: "category", title: "Category" },
              { field: "layer", title: "Layer" },
              { field: "units", title: "Selected units", format: ",.0f" },
            ],
          },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
