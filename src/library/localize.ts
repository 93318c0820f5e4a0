import { CRITERIA, type Criterion, parseCriterion } from "../criteria/mod.ts";
import { designOf, Half, strictestContrast, wholeMoments } from "../localize/mod.ts";
import type { OpenNetwork } from "./open_network.ts";
import type { OpenStimuli } from "./open_stimuli.ts";
import { record } from "./record.ts";
import { readLayer } from "./respond.ts";

/** How units are selected. */
export interface LocalizeOptions {
  /** The conditions to select for. @default the targets of the images */
  readonly targets?: readonly string[];
  /** A criterion, its name, or an expression. @default the first of `CRITERIA` */
  readonly criterion?: Criterion | string;
}

/** The units of one layer that are selective for one condition. */
export interface SelectiveUnits {
  /** `[units]`, 1 where selected, over all images. */
  readonly mask: Uint8Array;
  /** Indices of the selected units, ascending. */
  readonly units: Uint32Array;
  /** `[units]`: the smallest Welch t over the other conditions. */
  readonly t: Float64Array;
  /** `[units]`: the largest corrected p over them, one-sided, Benjamini–Hochberg over the units. */
  readonly q: Float64Array;
}

/** A network whose selective units have been found. */
export interface LocalizedNetwork {
  /** Names of the layers, in order of depth. */
  readonly layers: readonly string[];
  /** The conditions that units were selected for. */
  readonly targets: readonly string[];
  /**
   * Reads the units of one layer that are selective for a target.
   *
   * @throws {RangeError} where there is no such layer or target.
   */
  read(layer: string, target: string): Promise<SelectiveUnits>;
}

/**
 * Finds the units of a network that are selective for each target, over all images. Measure them on other images
 * ({@linkcode respond}): on these a selected unit looks better than it is. {@linkcode reproduce} selects on one half of the images
 * and measures on the other.
 *
 * @throws {RangeError} where a target is no condition.
 * @throws {RequestError} where the criterion is neither a preset nor a valid expression.
 *
 * @example
 * ```ts
 * import { localize, openNetwork, openStimuli } from "./mod.ts";
 *
 * const network = await openNetwork("mini-clip-s0", { layers: ["layer4"], device: "cpu" });
 * const localized = await localize(network, await openStimuli("procedural", { limit: 2 }));
 * const { mask, t } = await localized.read("layer4", "faces");
 * await network.close();
 * ```
 */
export async function localize(
  network: OpenNetwork,
  stimuli: OpenStimuli,
  { targets = stimuli.targets, criterion: said }: LocalizeOptions = {},
): Promise<LocalizedNetwork> {
  const { conditions } = stimuli;
  const criterion = said === undefined
    ? CRITERIA[0]
    : typeof said === "string"
    ? parseCriterion(said, conditions)
    : said;
  const recording = await record(network, stimuli);
  const design = designOf(recording.header, { targets, derived: stimuli.derived });
  return {
    layers: recording.header.layers.map(({ name }) => name),
    targets,
    async read(name, target) {
      const at = targets.indexOf(target);
      if (at < 0) {
        throw new RangeError(`Cannot read units for "${target}"; expected one of the targets: ${targets.join(", ")}`);
      }
      const layer = await readLayer(recording, name);
      const { units, responses } = layer.sample;
      const condition = Int32Array.from(design.images, (image) => image.condition);
      const whole = new Half(design, wholeMoments(layer), {
        responses: () => ({ units, values: responses, condition }),
      });
      const selected = whole.select(criterion)[at];
      return { ...selected, ...strictestContrast(whole.momentsFor(criterion), design.targets[at]) };
    },
  };
}
