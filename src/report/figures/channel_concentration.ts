import type { TopLevelSpec } from "vega-lite";
import { diagonal, familyLines } from "./_family_lines.ts";
import { placedCategories } from "./_placed_categories.ts";
import { config, HIGHLIGHT } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** How selected units gather in channels (Lorenz curves). */
export function channelConcentration(input: FigureInput): Figure {
  return {
    id: "channel-concentration",
    title: "How selective units gather in channels",
    reading:
      "Channels stand in order of how many selective units they hold: on the diagonal every channel holds its even " +
      "share, and the further a line sags below it, the fewer channels hold most of the units.",
    description: "Lorenz curves of selective units over channels, one panel per category.",
    columns: ["category", "family", "network", "layer", "channels", "units"],
    rows: lorenzRows(input),
    filters: { category: "any", layer: true, networks: true },
    choices: [],
    spec: (layout) => lorenzSpec(input, layout),
  };
}

function lorenzRows(input: FigureInput): FigureRow[] {
  return placedCategories(input).flatMap(({ place, found }) =>
    (found.lorenz ?? []).map((units, step, curve) => ({ ...place, channels: step / (curve.length - 1), units }))
  );
}

function lorenzSpec(input: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const axis = { title: null, format: ".0%", values: [0, 0.5, 1] };
  const lines = familyLines(input, {
    x: {
      field: "channels",
      type: "quantitative",
      scale: { domain: [0, 1] },
      axis: { ...axis, title: wide ? "Share of channels, fewest first" : "Share of channels" },
    },
    y: { field: "units", type: "quantitative", scale: { domain: [0, 1] }, axis },
    order: "channels",
    mean: ["units"],
    tooltip: [{ field: "family", title: "Family" }, { field: "channels", title: "Channels", format: ".0%" }, {
      field: "units",
      title: "Units",
      format: ".1%",
    }],
  });
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: "Share of the selected units" },
    facet: { field: "category", type: "nominal", title: null, sort: [...input.results.targets] },
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    spec: { width: wide ? 188 : 112, height: wide ? 150 : 110, layer: [diagonal([0, 0], [1, 1]), ...lines] },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
