import { Contrasts, CRITERIA } from "../../src/localizer/mod.ts";
import { type Noise, noiseTap } from "./noise_tap.ts";
import { type Rate, rateOf } from "./rate.ts";

/** How often a criterion selects under pure noise. */
export interface ErrorRates {
  readonly criterion: string;
  readonly noise: Noise;
  readonly conditions: number;
  /** Share of the units that are selected. */
  readonly perUnit: number;
  /** Share of the taps in which any unit is: the rate that a correction holds at 5 %, one-sided 2.5 % for `prince`. */
  readonly perTap: Rate;
}

/** What is simulated. */
export interface ErrorRateOptions {
  readonly taps: number;
  readonly units: number;
  readonly imagesPerFold: number;
  readonly seed: number;
  /** Kinds of noise, all of them without effect. @default normal noise, each unit's own */
  readonly noises?: readonly Noise[];
}

const NAMES = ["faces", "objects", "bodies", "places", "words"];

/**
 * Shows taps of pure noise to every criterion: against one other condition, where a corrected test must select anything
 * in a twentieth of the taps, and against four, where a conjunction selects less.
 */
export function errorRates(options: ErrorRateOptions): ErrorRates[] {
  const { taps, units, imagesPerFold, seed, noises = ["normal"] } = options;
  return noises.flatMap((noise) =>
    [2, 5].flatMap((count) => {
      const conditions = NAMES.slice(0, count);
      const selected = CRITERIA.map(() => new Array<number>(taps));
      for (let tap = 0; tap < taps; tap++) {
        const input = noiseTap({ conditions, units, images: imagesPerFold, noise, seed: seed + tap });
        const contrasts = new Contrasts(input.moments);
        CRITERIA.forEach((criterion, c) => {
          selected[c][tap] = criterion.select({ ...input, contrasts }).reduce((sum, each) => sum + each, 0);
        });
      }
      return CRITERIA.map(({ name }, c) => ({
        criterion: name,
        noise,
        conditions: count,
        perUnit: selected[c].reduce((sum, each) => sum + each, 0) / taps / units,
        perTap: rateOf(name, selected[c].map((each) => each > 0), 0.05),
      }));
    })
  );
}
