import type { Selected } from "../localize/mod.ts";
import { LayerLayout } from "../measures/mod.ts";
import type { LayerRecording, RecordedImage } from "../recording/mod.ts";
import type { LayerCategory } from "../results/mod.ts";

/** Channels and images that a report shows of each layer and category. */
const SHOWN_CHANNELS = 6;
const SHOWN_IMAGES = 4;

/** Selected units per channel, averaged over the halves. */
export function channelCounts(halves: readonly Selected[], layout: LayerLayout): Float64Array {
  const counts = new Float64Array(layout.channels);
  for (const { units } of halves) for (const unit of units) counts[layout.channelOf(unit)] += 1 / halves.length;
  return counts;
}

/** The channels with most selected units, and the images that drive them most and least, by the channel's mean response. */
export function topChannels(
  { recording, images, layout, counts }: {
    readonly recording: LayerRecording;
    readonly images: readonly RecordedImage[];
    readonly layout: LayerLayout;
    /** As {@linkcode channelCounts} gives them. */
    readonly counts: Float64Array;
  },
): LayerCategory["channels"] {
  const { channelMeans } = recording;
  const order = [...counts.keys()].filter((channel) => counts[channel] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b).slice(0, SHOWN_CHANNELS);
  return order.map((channel) => {
    const response = (image: number): number => channelMeans[image * layout.channels + channel];
    const ranked = channelMeans.length === 0
      ? []
      : [...images.keys()].sort((a, b) => response(b) - response(a) || a - b);
    const shown = Math.min(SHOWN_IMAGES, Math.floor(ranked.length / 2));
    return {
      channel,
      selected: counts[channel],
      share: counts[channel] / layout.unitsPerChannel,
      most: ranked.slice(0, shown).map((i) => images[i].id),
      least: ranked.slice(ranked.length - shown).reverse().map((i) => images[i].id),
    };
  });
}
