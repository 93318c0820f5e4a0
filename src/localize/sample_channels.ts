import { free } from "../kernels/mod.ts";
import type { LayerRecording } from "../recording/mod.ts";
import { LayerLayout } from "../measures/mod.ts";
import { MomentReader, type Moments, Random } from "../statistics/mod.ts";

/**
 * A layer cut down to a seeded sample of whole channels, so that places within maps can still be measured.
 *
 * @param most Units to keep, about: at least one channel, and the layer as it is where it has no more.
 * @param seed The same seed takes the same channels in every network with a layer of that name and shape.
 * @returns The smaller layer; of the sample of responses only the units that are kept.
 */
export function sampleChannels(recording: LayerRecording, most: number, seed: number): LayerRecording {
  const { layer, moments, sample, channelMeans } = recording;
  if (layer.units <= most) return recording;
  const layout = new LayerLayout(layer.shape);
  const count = Math.max(1, Math.round(most / layout.unitsPerChannel));
  if (count >= layout.channels) return recording;
  const order = Uint32Array.from({ length: layout.channels }, (_, channel) => channel);
  new Random(seed, `channels ${layer.name}`).shuffle(order, 0, order.length);
  const channels = order.slice(0, count).sort();
  const placeOf = new Int32Array(layout.channels).fill(-1);
  channels.forEach((channel, place) => placeOf[channel] = place);
  const units = new Uint32Array(count * layout.unitsPerChannel);
  for (let unit = 0, at = 0; unit < layer.units; unit++) if (placeOf[layout.channelOf(unit)] >= 0) units[at++] = unit;
  const newIndex = new Map<number, number>();
  units.forEach((unit, index) => newIndex.set(unit, index));
  const columns = Uint32Array.from(sample.units.keys()).filter((column) => newIndex.has(sample.units[column]));
  const images = sample.units.length > 0 ? sample.responses.length / sample.units.length : 0;
  const responses = new Float32Array(images * columns.length);
  for (let image = 0; image < images; image++) {
    columns.forEach((column, c) => {
      responses[image * columns.length + c] = sample.responses[image * sample.units.length + column];
    });
  }
  const reader = new MomentReader();
  const gather = (moments: Moments): Moments => {
    const { mean, m2 } = reader.read(moments);
    return { n: moments.n, mean: gatherUnits(mean, units), m2: gatherUnits(m2, units) };
  };
  const shown = channelMeans.length / layout.channels;
  const kept = new Float32Array(shown * count);
  for (let image = 0; image < shown; image++) {
    channels.forEach((channel, c) => kept[image * count + c] = channelMeans[image * layout.channels + channel]);
  }
  const shape = layer.shape.length === 2 ? [layer.shape[0], count] : [count, ...layer.shape.slice(1)];
  const sampled = moments.map((blocks) => blocks.map(gather));
  return {
    layer: { ...layer, shape, units: units.length },
    moments: sampled,
    sample: { units: columns.map((column) => newIndex.get(sample.units[column])!), responses },
    channelMeans: kept,
    release: () => sampled.flat().flatMap(({ mean, m2 }) => [mean, m2]).forEach(free),
  };
}

function gatherUnits(values: Moments["mean"], units: Uint32Array): Float32Array {
  const gathered = new Float32Array(units.length);
  for (let i = 0; i < units.length; i++) gathered[i] = values[units[i]];
  return gathered;
}
