import type { SelectionInput } from "../criteria/mod.ts";
import { momentsOfResponses, Random } from "../statistics/mod.ts";
import { type Noise, noiseSource, sharedByAll } from "./noise.ts";

/** Responses to be made up, as a criterion sees those to one half of the images. */
export interface NoiseHalfOptions {
  readonly conditions: readonly string[];
  readonly units: number;
  /** Images of each condition. */
  readonly images: readonly number[];
  readonly noise: Noise;
  readonly seed: number;
  /** What is added to a unit's response to a condition, in deviations of the noise. @default 0 */
  readonly effect?: (unit: number, condition: number) => number;
}

/** Responses of units without a layout to one half of the images; the first condition is the target. */
export function noiseHalf({ conditions, units, images, noise, seed, effect }: NoiseHalfOptions): SelectionInput {
  const draw = noiseSource(noise, new Random(seed, `noise ${noise}`));
  const condition = Int32Array.from(images.flatMap((count, c) => new Array<number>(count).fill(c)));
  const values = new Float32Array(condition.length * units);
  const all = Math.sqrt(sharedByAll(noise));
  const own = Math.sqrt(1 - sharedByAll(noise));
  condition.forEach((c, image) => {
    const common = all > 0 ? all * draw() : 0;
    for (let unit = 0; unit < units; unit++) {
      values[image * units + unit] = common + own * draw() + (effect?.(unit, c) ?? 0);
    }
  });
  return {
    conditions,
    targets: [0],
    target: 0,
    moments: momentsOfResponses({ values, units, condition, conditions: conditions.length }),
    responses: { units: Uint32Array.from({ length: units }, (_, unit) => unit), values, condition },
  };
}
