import { channelsOf } from "../networks/mod.ts";
import { missingGroups } from "./groups_of.ts";
import type { LayerRecording, Recording, RecordingHeader } from "./recording.ts";
import { selfCheck } from "./self_check.ts";

/**
 * A recording whose layers are in memory: simulated, or made by other means.
 *
 * @param layers One per layer of the header, in its order. Groups of n = 0 that have images count as missing.
 * @throws {RangeError} where layers, conditions, blocks or the lengths of arrays do not fit the header.
 * @throws {Error} where moments and sampled responses differ.
 */
export function memoryRecording(header: RecordingHeader, layers: readonly LayerRecording[]): Recording {
  if (layers.length !== header.layers.length) {
    throw new RangeError(`Cannot make a recording: ${layers.length} layers; expected ${header.layers.length}`);
  }
  layers.forEach((layer, index) => checkLayer(header, layer, index));
  return {
    header,
    path: null,
    missing: missingGroups(header.images, ({ condition, block }) => layers[0]?.moments[condition][block].n !== 0),
    selfCheck: Math.max(0, ...layers.map((layer) => selfCheck(header, layer))),
    readLayer: async (index) => await layerAt(layers, index),
    close: () => Promise.resolve(),
  };
}

function checkLayer(
  { conditions, blocks, images, layers }: RecordingHeader,
  { layer, moments, sample, channelMeans }: LayerRecording,
  index: number,
): void {
  const { name, units } = layers[index];
  const fail = (found: string, expected: string): never => {
    throw new RangeError(`Cannot make a recording: layer "${layer.name}" has ${found}; expected ${expected}`);
  };
  if (layer.name !== name || layer.units !== units) {
    fail(`${layer.units} units at place ${index}`, `"${name}" of ${units}`);
  }
  if (moments.length !== conditions.length || moments.some((groups) => groups.length !== blocks)) {
    fail(
      `moments of ${moments.length} conditions and ${moments.map((groups) => groups.length).join(", ")} blocks`,
      `${conditions.length} conditions of ${blocks}`,
    );
  }
  const odd = moments.flat().find(({ mean, m2 }) => mean.length !== units || m2.length !== units);
  if (odd !== undefined) fail(`moments of ${odd.mean.length} and ${odd.m2.length} units`, `${units}`);
  if (sample.responses.length !== images.length * sample.units.length) {
    fail(`${sample.responses.length} responses`, `${images.length} images × ${sample.units.length} sampled units`);
  }
  const channels = channelsOf(layers[index].shape);
  if (channelMeans.length !== images.length * channels) {
    fail(`${channelMeans.length} channel means`, `${images.length} images × ${channels} channels`);
  }
}

/** @throws {RangeError} where there is no layer of this index. */
export function layerAt<T>(layers: readonly T[], index: number): T {
  if (!(Number.isInteger(index) && index >= 0 && index < layers.length)) {
    throw new RangeError(
      `Cannot read layer ${index}: the recording has ${layers.length}; expected 0 or more, below that`,
    );
  }
  return layers[index];
}
