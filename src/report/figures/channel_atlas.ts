import type { ChannelResult } from "../../results/mod.ts";
import { pictureIndex } from "../_pictures.ts";
import type { Figure, FigureInput, FigureRow } from "./figure.ts";

/** Channels shown of a network, layer and category. */
const CHANNELS = 3;
/** Images shown to each side. */
const SHOWN = 4;

/** The most selective channels: what drives and suppresses them, where their units are, what they respond to. */
export function channelAtlas(input: FigureInput): Figure {
  const { results, families } = input;
  const rows = channelRows(input);
  const networks = [...new Set(rows.map(({ network }) => String(network)))];
  const some = rows.some(({ mostPictures }) => (mostPictures as number[]).some((picture) => picture >= 0));
  return {
    id: "channel-atlas",
    title: "Atlas of the most selective channels",
    reading: `In the first training of each family, the ${CHANNELS} channels with most selective units. ${
      some ? "Pictures are ranked by the channel’s mean response over all images." : "These images may not be shown."
    }`,
    description:
      "Per category and channel: the images that drive it most and least, a map of its selective units, and bars " +
      "of its response to every condition.",
    columns: [
      "category",
      "family",
      "network",
      "layer",
      "rank",
      "channel",
      "selected",
      "share",
      "most",
      "least",
      "rows",
      "columns",
      "counts",
      ...results.conditions.map((condition) => `response ${condition}`),
    ],
    rows,
    filters: { category: "any", criterion: "main", layer: true, networks: true },
    choices: [{
      column: "network",
      label: "Network",
      options: networks.map((network) => ({ value: network, label: network })),
      initial: networks[0] ?? "",
    }],
    panels: results.targets,
    atlas: {
      targets: results.targets,
      conditions: results.conditions,
      colors: Object.fromEntries(families.map(({ id, color }) => [id, color])),
    },
  };
}

/** One training stands for a family: channels of different trainings have nothing to do with one another. */
function channelRows({ results, families }: FigureInput): FigureRow[] {
  const pictures = pictureIndex(results);
  const pictured = (images: readonly string[]): number[] => images.map((image) => pictures.get(image) ?? -1);
  return families.flatMap(({ id: family, networks: [network] }) =>
    network.layers.flatMap((layer) =>
      results.targets.flatMap((category) =>
        layer.categories[category].channels.slice(0, CHANNELS).map((channel, rank) => {
          const [most, least] = [channel.most.slice(0, SHOWN), channel.least.slice(0, SHOWN)];
          return {
            category,
            family,
            network: network.id,
            layer: layer.name,
            rank: rank + 1,
            channel: channel.channel,
            selected: channel.selected,
            share: channel.share,
            most,
            least,
            mostPictures: pictured(most),
            leastPictures: pictured(least),
            ...mapOf(channel),
            ...Object.fromEntries(
              results.conditions.map((name) => [`response ${name}`, channel.profile?.[name] ?? null]),
            ),
          };
        })
      )
    )
  );
}

function mapOf({ map }: ChannelResult): { rows: number; columns: number; counts: number[] } {
  return map ?? { rows: 0, columns: 0, counts: [] };
}
