import type { TopLevelSpec } from "vega-lite";
import { MAP_COLUMNS, mapRows } from "./_map_rows.ts";
import { config, fading, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, Layout } from "./figure.ts";

/** Where selective units are, layer after layer. */
export function positionMapsByDepth(input: FigureInput): Figure {
  const layers = Math.max(1, ...input.families.map((family) => family.networks[0].layers.length));
  return {
    id: "position-maps-by-depth",
    title: "Where selective units are, layer after layer",
    reading:
      "From left to right (on a phone, downwards) the maps follow the network from its stem; colours read as above, so a map that breaks into " +
      "dark spots is a layer whose selective units crowd into few places.",
    description: "Maps of the positions of selective units, one row per network family and one column per layer.",
    columns: MAP_COLUMNS,
    rows: mapRows(input),
    filters: { category: "exact", networks: true },
    choices: [],
    spec: (layout) => stripSpec(input, layers, layout),
  };
}

function stripSpec({ families }: FigureInput, layers: number, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  // On a phone the network runs downwards, a column a family.
  const size = wide
    ? Math.max(12, Math.min(96, Math.floor(800 / layers) - 6))
    : Math.max(20, Math.min(64, Math.floor(250 / Math.max(1, families.length)) - 6));
  const scale = { paddingInner: 0, paddingOuter: 0 };
  const quiet = { title: null, domain: false, ticks: false };
  const layer = {
    field: "layer",
    type: "nominal",
    sort: { field: "order", op: "min" },
    scale,
    axis: { ...quiet, labelAngle: wide && size < 60 ? -40 : 0, labelOverlap: true },
  };
  const family = {
    field: "family",
    type: "nominal",
    sort: families.map(({ id }) => id),
    scale,
    axis: wide
      ? { ...quiet, labelColor: PAPER.ink, labelLimit: 190 }
      : { ...quiet, labelColor: PAPER.ink, labelLimit: size + 4, labelFontSize: 9, labelAngle: 0, orient: "top" },
  };
  const [x, y] = wide ? [layer, family] : [family, layer];
  const mark = { width: size, height: size };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    width: { step: size + 6 },
    height: { step: size + 6 },
    layer: [
      {
        mark: { type: "image", aspect: false, smooth: false, ...mark },
        encoding: { x, y, url: { field: "url" }, opacity: fading(1, 0.2) },
      },
      {
        mark: { type: "rect", fill: "transparent", stroke: PAPER.rule, ...mark },
        encoding: {
          x,
          y,
          tooltip: [
            { field: "family", title: "Family" },
            { field: "layer", title: "Layer" },
            { field: "depth", title: "Depth", format: ".2f" },
            { field: "units", title: "Selected units", format: ",.0f" },
          ],
        },
      },
    ],
    config: config(layout),
  } as unknown as TopLevelSpec;
}
