import type { Selected, Selections } from "../localize/mod.ts";
import { LayerLayout } from "../measures/mod.ts";
import type { LayerRecording, RecordedImage } from "../recording/mod.ts";
import type { ChannelResult, LayerCategory } from "../results/mod.ts";
import { meanOf, type Moments } from "../statistics/mod.ts";
import { positionMap } from "./_pictures.ts";

/** Channels and images that a report shows of each layer and category. */
const SHOWN_CHANNELS = 3;
const SHOWN_IMAGES = 4;

/** Selected units per channel, averaged over the halves. */
export function channelCounts(halves: readonly Selected[], layout: LayerLayout): Float64Array {
  const counts = new Float64Array(layout.channels);
  for (const { units } of halves) for (const unit of units) counts[layout.channelOf(unit)] += 1 / halves.length;
  return counts;
}

/**
 * The channels with most selected units: where these units are, how they respond to every condition on the half that did not
 * select them, and the images that drive the channel most and least, by its mean response.
 */
export function topChannels(
  { recording, images, layout, counts, selections, target, conditions, moments, noise }: {
    readonly recording: LayerRecording;
    readonly images: readonly RecordedImage[];
    readonly layout: LayerLayout;
    /** As {@linkcode channelCounts} gives them. */
    readonly counts: Float64Array;
    readonly selections: Selections;
    /** Index among the targets. */
    readonly target: number;
    /** Names of the conditions that a profile is over. */
    readonly conditions: readonly string[];
    /** `[half][condition]`. */
    readonly moments: readonly [readonly Moments[], readonly Moments[]];
    /** Of the layer, in which profiles are given. */
    readonly noise: number;
  },
): LayerCategory["channels"] {
  const { channelMeans } = recording;
  const order = [...counts.keys()].filter((channel) => counts[channel] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b).slice(0, SHOWN_CHANNELS);
  const profileOf = (channel: number): ChannelResult["profile"] => {
    const units = selections.map((half) => half[target].units.filter((unit) => layout.channelOf(unit) === channel));
    const response = (condition: number): number | null =>
      meanOf(([0, 1] as const).map((half) => {
        const { n, mean } = moments[1 - half][condition];
        return n === 0 || !(noise > 0) ? null : meanOf(Array.from(units[half], (unit) => mean[unit] / noise));
      }));
    return Object.fromEntries(conditions.flatMap((name, condition) => {
      const value = response(condition);
      return value === null ? [] : [[name, value]];
    }));
  };
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
      map: positionMap(selections, target, layout, channel),
      profile: profileOf(channel),
    };
  });
}
