import type { TopLevelSpec } from "vega-lite";
import { FULL } from "./_map_image.ts";
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
      "Each square is the image plane of a layer, summed over channels, in order of depth. Strong colour: places where " +
      "selective units crowd.",
    description: "Maps of the positions of selective units, one row per network family and one column per layer.",
    columns: MAP_COLUMNS,
    rows: mapRows(input),
    filters: { category: "exact", criterion: "main", networks: true },
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
    axis: wide ? { ...quiet, labelColor: PAPER.ink, labelLimit: 190 } : {
      ...quiet,
      labelColor: PAPER.ink,
      labelLimit: 90,
      labelFontSize: 9,
      labelAngle: -40,
      labelAlign: "left",
      orient: "top",
    },
  };
  const [x, y] = wide ? [layer, family] : [family, layer];
  const mark = { width: size, height: size };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    width: { step: size + 6 },
    height: { step: size + 6 },
    layer: [
      colorBar(),
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

/** Colours of the maps’ bar, which are those of no family; a map has its family’s. */
const BAR = ["#7a828c00", "#7a828c"];

/** The bar that says what the strength of a colour means: maps have no scale of their own, so that a mark nobody sees has it. */
function colorBar(): unknown {
  return {
    mark: { type: "point", opacity: 0 },
    encoding: {
      color: {
        datum: 0,
        type: "quantitative",
        scale: { domain: [0, FULL], range: BAR },
        legend: {
          title: "Selective units, × an even spread",
          titleLimit: 0,
          gradientLength: 150,
          gradientThickness: 8,
          values: Array.from({ length: FULL + 1 }, (_, at) => at),
          labelExpr: `datum.value === ${FULL} ? '${FULL} or more' : datum.label`,
        },
      },
    },
  };
}
