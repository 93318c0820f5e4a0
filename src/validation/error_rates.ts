import { Contrasts, CRITERIA } from "../criteria/mod.ts";
import { NOISES } from "./noise.ts";
import { noiseHalf } from "./noise_half.ts";
import { type Rate, rateOf } from "./rate.ts";

/** Kinds of noise; with `unequal` it is normal and the target has a third of the images, four at least. */
export const NULL_NOISES = [...NOISES, "unequal"] as const;
/** One of {@linkcode NULL_NOISES}. */
export type NullNoise = typeof NULL_NOISES[number];

/** How often a criterion selects under pure noise. */
export interface ErrorRates {
  readonly criterion: string;
  readonly noise: NullNoise;
  readonly conditions: number;
  /** Share of the units that are selected. */
  readonly perUnit: number;
  /** Share of the layers in which any unit is: the rate that a correction holds at 5 %, one-sided 2.5 % for `prince`. */
  readonly perLayer: Rate;
}

/** What is simulated. */
export interface ErrorRateOptions {
  readonly layers: number;
  readonly units: number;
  /** Images per condition in the half that selects. */
  readonly images: number;
  readonly seed: number;
  /** @default normal noise, each unit's own */
  readonly noises?: readonly NullNoise[];
  readonly onProgress?: (done: number, total: number) => void;
}

const NAMES = ["faces", "objects", "bodies", "places", "words"];

/**
 * Shows layers of pure noise to every criterion: against one other condition, where a corrected test must select anything
 * in a twentieth of the layers, and against four, where a conjunction selects less.
 */
export function errorRates(options: ErrorRateOptions): ErrorRates[] {
  const { layers, units, images, seed, noises = ["normal"] } = options;
  let done = 0;
  return noises.flatMap((noise) =>
    [2, 5].flatMap((count) => {
      const conditions = NAMES.slice(0, count);
      const selected = CRITERIA.map(() => new Array<number>(layers));
      const counts = conditions.map((_, c) =>
        noise === "unequal" && c === 0 ? Math.max(4, Math.round(images / 3)) : images
      );
      for (let layer = 0; layer < layers; layer++) {
        const input = noiseHalf({
          conditions,
          units,
          images: counts,
          noise: noise === "unequal" ? "normal" : noise,
          seed: seed + layer,
        });
        const contrasts = new Contrasts(input.moments);
        CRITERIA.forEach((criterion, c) => {
          selected[c][layer] = criterion.select({ ...input, contrasts }).reduce((sum, each) => sum + each, 0);
        });
      }
      options.onProgress?.(++done, 2 * noises.length);
      return CRITERIA.map(({ name }, c) => ({
        criterion: name,
        noise,
        conditions: count,
        perUnit: selected[c].reduce((sum, each) => sum + each, 0) / layers / units,
        perLayer: rateOf(name, selected[c].map((each) => each > 0), 0.05),
      }));
    })
  );
}
