import type { LayerRecording, RecordedImage, RecordingHeader } from "../../src/recording/mod.ts";
import { momentsOfResponses, Random } from "../../src/statistics/mod.ts";

export const CONDITIONS = ["faces", "places", "words", "scrambled"];

/** Images of every condition, as many in each block. */
export function imagesOf(conditions: number, blocks: number, perBlock: number): RecordedImage[] {
  return Array.from({ length: conditions * blocks * perBlock }, (_, i) => ({
    id: `${i}`,
    condition: i % conditions,
    category: `category-${i % conditions}`,
    block: Math.floor(i / conditions) % blocks,
  }));
}

/** What is recorded of a layer of which every unit is sampled, from the responses `[images, units]`. */
export function layerOf(
  images: readonly RecordedImage[],
  { values, shape, blocks, name = "layer" }: {
    readonly values: Float32Array;
    readonly shape: readonly number[];
    readonly blocks: number;
    readonly name?: string;
  },
): LayerRecording {
  const units = shape.reduce((product, size) => product * size, 1);
  const conditions = 1 + Math.max(...images.map(({ condition }) => condition));
  const groups = momentsOfResponses({
    values,
    units,
    condition: Int32Array.from(images, ({ condition, block }) => condition * blocks + block),
    conditions: conditions * blocks,
  });
  const channelOf = (unit: number): number =>
    shape.length === 2 ? unit % shape[1] : Math.floor(unit / (units / shape[0]));
  const channels = shape.length === 2 ? shape[1] : shape[0];
  const channelMeans = new Float32Array(images.length * channels);
  values.forEach((value, at) => {
    channelMeans[Math.floor(at / units) * channels + channelOf(at % units)] += value / (units / channels);
  });
  return {
    layer: { name, depth: 0, shape, units, value: name },
    moments: Array.from({ length: conditions }, (_, c) => groups.slice(c * blocks, (c + 1) * blocks)),
    sample: { units: Uint32Array.from({ length: units }, (_, unit) => unit), responses: values },
    channelMeans,
  };
}

/** Responses in which unit `u` prefers condition `u % (conditions + 1)`, if there is one; every ninth unit is constant. */
export function responsesOf(images: readonly RecordedImage[], units: number, seed = 1): Float32Array {
  const random = new Random(seed, "responses");
  const conditions = 1 + Math.max(...images.map(({ condition }) => condition));
  return Float32Array.from({ length: images.length * units }, (_, at) => {
    const unit = at % units;
    if (unit % 9 === 8) return 0.1 * (unit + 1);
    return random.normal() + (unit % (conditions + 1) === images[Math.floor(at / units)].condition ? 4 : 1);
  });
}

/** The header of a recording of these layers. */
export function headerOf(
  images: readonly RecordedImage[],
  blocks: number,
  layers: readonly LayerRecording[],
): RecordingHeader {
  const conditions = 1 + Math.max(...images.map(({ condition }) => condition));
  return {
    conditions: CONDITIONS.slice(0, conditions),
    blocks,
    images,
    layers: layers.map(({ layer }) => layer),
    source: null,
  };
}
