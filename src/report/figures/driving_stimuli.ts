import type { TopLevelSpec } from "vega-lite";
import { imageUri } from "../_html.ts";
import { config, fading, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

const RANKS = ["first", "second", "third", "fourth", "fifth"];
/** Images shown to each side. */
const SHOWN = 4;

/** The most selective channels, with the images that drive them most and least. */
export function drivingStimuli(input: FigureInput): Figure {
  const rows = imageRows(input);
  const ranks = RANKS.filter((rank) => rows.some((row) => row.rank === rank));
  return {
    id: "driving-stimuli",
    title: "The most selective channels, and what drives them",
    reading:
      "Above, the images to which the selective units of a channel respond most; below, least: a channel is what its " +
      "name says only if the upper row holds the category and the lower does not.",
    description: "Images that drive the most selective channels most and least, per category and network family.",
    columns: [
      "category",
      "family",
      "network",
      "layer",
      "rank",
      "channel",
      "selected",
      "share",
      "drives",
      "order",
      "image",
    ],
    rows,
    filters: { category: "any", layer: true, networks: true },
    choices: [{
      column: "rank",
      label: "Channel",
      options: ranks.map((rank) => ({ value: rank, label: `${rank} by selective units` })),
      initial: ranks[0] ?? "",
    }],
    spec: (layout) => imageSpec(input, layout),
  };
}

/** One network stands for each family: the means of channels over seeds mean nothing. */
function imageRows({ results, families }: FigureInput): FigureRow[] {
  const picture = (id: string): string | null => imageUri(results.thumbnails[id]);
  return families.flatMap(({ id: family, networks: [network] }) =>
    network.layers.flatMap((layer) =>
      results.targets.flatMap((category) =>
        layer.categories[category].channels.flatMap(({ channel, selected, share, most, least }, rank) =>
          ([["most", most], ["least", least]] as const).flatMap(([drives, images]) =>
            images.filter((image) => picture(image) !== null).slice(0, SHOWN).map((image, order) => ({
              category,
              family,
              network: network.id,
              layer: layer.name,
              rank: RANKS[rank] ?? "later",
              channel,
              selected,
              share,
              drives,
              order,
              panel: panelTitle(category, family),
              image,
              url: picture(image),
            }))
          )
        )
      )
    )
  );
}

function panelTitle(category: string, family: string): string {
  return `${category} · ${family}`;
}

function imageSpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  // A column a family where they fit beside one another, else panels that wrap.
  const grid = wide && families.length <= 5;
  const size = wide ? Math.min(44, Math.floor(820 / SHOWN / Math.max(4, Math.min(5, families.length)))) : 26;
  const headings = results.targets.flatMap((target) => families.map((family) => panelTitle(target, family.id)));
  const scale = { paddingInner: 0, paddingOuter: 0 };
  const image = { type: "image", width: size - 3, height: size - 3, aspect: false };
  const row = {
    field: "category",
    type: "nominal",
    title: null,
    sort: [...results.targets],
    header: { labelAngle: 0, labelAlign: "left" },
  };
  const column = {
    field: "family",
    type: "nominal",
    title: null,
    sort: families.map((family) => family.id),
    header: { labelOrient: "top" },
  };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    ...(grid ? { facet: { row, column } } : {
      facet: {
        field: "panel",
        type: "nominal",
        title: null,
        sort: headings,
        header: { labelFontSize: 9, labelLimit: 140 },
      },
      columns: wide ? 4 : 2,
    }),
    spacing: wide ? 14 : 10,
    spec: {
      width: { step: size },
      height: { step: size },
      mark: image,
      encoding: {
        x: { field: "order", type: "ordinal", scale: { ...scale, domain: [0, 1, 2, 3] }, axis: null },
        y: {
          field: "drives",
          type: "nominal",
          sort: ["most", "least"],
          scale,
          axis: grid ? { title: null, labelColor: PAPER.muted } : null,
        },
        url: { field: "url" },
        opacity: fading(1, 0.2),
        tooltip: [
          { field: "network", title: "Network" },
          { field: "layer", title: "Layer" },
          { field: "channel", title: "Channel" },
          { field: "selected", title: "Selected units", format: ",.0f" },
          { field: "share", title: "Share of them", format: ".1%" },
          { field: "image", title: "Image" },
        ],
      },
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
