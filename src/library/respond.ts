import { wholeMoments } from "../localize/mod.ts";
import type { LayerRecording, Recording } from "../recording/mod.ts";
import type { Moments } from "../statistics/mod.ts";
import type { StimulusSet } from "../stimuli/mod.ts";
import type { OpenNetwork } from "./open_network.ts";
import { record } from "./record.ts";

/** What a network answers to images. */
export interface Responses {
  /** Names of the recorded layers, in order of depth. */
  readonly layers: readonly string[];
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /**
   * Reads one layer.
   *
   * @returns By condition, the number of images and the mean and sum of squared deviations of every unit, `[units]`.
   * @throws {RangeError} where there is no such layer.
   */
  read(layer: string): Promise<Readonly<Record<string, Moments>>>;
}

/** Reads a layer by its name. */
export async function readLayer(recording: Recording, name: string): Promise<LayerRecording> {
  const names = recording.header.layers.map((layer) => layer.name);
  if (names.includes(name)) return await recording.readLayer(names.indexOf(name));
  throw new RangeError(`Cannot read layer "${name}": it was not recorded; expected one of ${names.join(", ")}`);
}

/**
 * Shows images to a network and keeps what every unit answers to each condition, in a file that goes when the network is
 * closed.
 *
 * @throws {Error} where an image cannot be decoded or a response is not finite.
 *
 * @example
 * ```ts
 * import { openNetwork, openStimuli, respond } from "./mod.ts";
 *
 * const network = await openNetwork("mini-clip-s0", { layers: ["layer4"], device: "cpu" });
 * const responses = await respond(network, await openStimuli("procedural", { limit: 2 }));
 * const { faces } = await responses.read("layer4"); // { n, mean, m2 }
 * await network.close();
 * ```
 */
export async function respond(network: OpenNetwork, stimuli: StimulusSet): Promise<Responses> {
  const recording = await record(network, stimuli);
  const { layers, conditions } = recording.header;
  return {
    layers: layers.map(({ name }) => name),
    conditions,
    async read(name) {
      const moments = wholeMoments(await readLayer(recording, name));
      return Object.fromEntries(conditions.map((condition, index) => [condition, moments[index]]));
    },
  };
}
