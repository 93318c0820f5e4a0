import type { SelectionInput } from "../../src/localizer/mod.ts";
import { momentsOfResponses } from "../../src/measures/mod.ts";
import { Random } from "../../src/resampling/mod.ts";

/** What noise is made of: `shared` is half common to all units, `rectified` and `lognormal` are skewed, `unequal` is of few target images. */
export const NOISES = ["normal", "shared", "rectified", "lognormal", "unequal"] as const;
export type Noise = typeof NOISES[number];

/** A tap to be made up. */
export interface NoiseTapOptions {
  readonly conditions: readonly string[];
  readonly units: number;
  /** Images per condition; with `unequal` noise the target has a third of them, four at least. */
  readonly images: number;
  readonly noise: Noise;
  readonly seed: number;
  /** What is added to a unit's response to a condition, in deviations of the noise. Default 0. */
  readonly effect?: (unit: number, condition: number) => number;
}

/** Responses of one fold, of which the first condition is the target. */
export function noiseTap(
  { conditions, units, images, noise, seed, effect }: NoiseTapOptions,
): SelectionInput {
  const random = new Random(seed, `noise ${noise}`);
  const counts = conditions.map((_, c) =>
    noise === "unequal" && c === 0 ? Math.max(4, Math.round(images / 3)) : images
  );
  const condition = Int32Array.from(counts.flatMap((count, c) => new Array<number>(count).fill(c)));
  const values = new Float32Array(condition.length * units);
  const half = Math.sqrt(0.5);
  condition.forEach((own, image) => {
    const common = noise === "shared" ? half * random.normal() : 0;
    for (let unit = 0; unit < units; unit++) {
      const draw = random.normal();
      const value = noise === "shared" ? common + half * draw : noise === "lognormal" ? Math.exp(draw) : draw;
      const response = value + (effect?.(unit, own) ?? 0);
      values[image * units + unit] = noise === "rectified" ? Math.max(0, response) : response;
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
