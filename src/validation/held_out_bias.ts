import { analyseNetwork } from "../inference/mod.ts";
import { localize } from "../localize/mod.ts";
import { DPRIME } from "../measures/mod.ts";
import type { Recording } from "../recording/mod.ts";
import { onlyIntervals } from "./layer_coverage.ts";
import { spreadOf } from "./rate.ts";
import { synthesizeRecording } from "./synthetic_recording.ts";

/** What selecting and measuring on the same images does to an effect of known size. */
export interface HeldOutBias {
  /** The planted difference of means in deviations of the noise. */
  readonly planted: number;
  /** How many conditions there are beside the target, all alike. */
  readonly others: number;
  /** Mean expected d′ of the units selected. */
  readonly expected: number;
  /** Mean over simulations of the d′ on held-out images less what it estimates, with its standard error. */
  readonly heldOut: { readonly bias: number; readonly error: number };
  /** The same on the images that selected. */
  readonly circular: { readonly bias: number; readonly error: number };
}

/** What is simulated. */
export interface HeldOutBiasOptions {
  readonly effects: readonly number[];
  /** Numbers of conditions beside the target. */
  readonly others: readonly number[];
  readonly simulations: number;
  readonly imagesPerCondition: number;
  readonly units: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

const TARGET = "faces";

/**
 * Plants effects of known size among conditions that are otherwise alike, and measures d′ with the units selected on one half:
 * on the other half, and on the same.
 *
 * A truly selective unit has the planted d′ in expectation, times what estimating a deviation from few images adds; a unit that
 * was selected by chance has none. Effects with which next to nothing is selected are left out.
 */
export async function heldOutBias(options: HeldOutBiasOptions): Promise<HeldOutBias[]> {
  const { simulations, imagesPerCondition, units, seed, onProgress } = options;
  const cells = options.effects.flatMap((planted) => options.others.map((others) => ({ planted, others })));
  // The mean of 1/s over normal samples, for a variance averaged over two groups of n images.
  const few = 1 + 3 / (4 * (imagesPerCondition - 2));
  const found: HeldOutBias[] = [];
  let done = 0;
  for (const { planted, others } of cells) {
    const conditions = [TARGET, ...Array.from({ length: others }, (_, i) => `other ${i + 1}`)];
    const { settings, tools } = onlyIntervals({ targets: [TARGET], fast: true }, conditions, [DPRIME]);
    const rows: { truth: number; heldOut: number; circular: number }[] = [];
    for (let simulation = 0; simulation < simulations; simulation++) {
      const { recording, preference } = synthesizeRecording({
        seed,
        imageSeed: simulation,
        conditions,
        targets: [TARGET],
        imagesPerCondition,
        categories: 1,
        shared: 0,
        layers: [{ name: "layer", shape: [units], selective: 0.2, effect: planted }],
      });
      const own = { ...settings, seed: simulation };
      const { layers: [{ categories: { [TARGET]: { measures, circular } } }] } = await analyseNetwork(recording, own, {
        tools,
      });
      const share = await trueShare(recording, simulation, preference[0]);
      const heldOut = measures[DPRIME.name].value;
      const same = circular[DPRIME.name];
      if (share !== null && heldOut !== null && same !== null) {
        rows.push({ truth: share * planted * few, heldOut, circular: same });
      }
    }
    onProgress?.(++done, cells.length);
    // Without a spread over simulations there is no error to tell.
    if (rows.length < 2) continue;
    const bias = (of: "heldOut" | "circular"): HeldOutBias["heldOut"] => {
      const { mean, deviation } = spreadOf(rows.map((row) => row[of] - row.truth));
      return { bias: mean, error: deviation / Math.sqrt(rows.length) };
    };
    const expected = spreadOf(rows.map(({ truth }) => truth)).mean;
    found.push({ planted, others, expected, heldOut: bias("heldOut"), circular: bias("circular") });
  }
  return found;
}

/** Of the units that the analysis measures d′ in on either half, the share that truly prefers the target; null where none is. */
async function trueShare(
  recording: Recording,
  seed: number,
  preference: Int8Array,
): Promise<number | null> {
  for await (const { measured } of localize({ recording, targets: [TARGET], seed, measures: [] })) {
    const shares = measured.flatMap(([{ units }]) =>
      units.length === 0 ? [] : [units.reduce((sum, unit) => sum + (preference[unit] === 0 ? 1 : 0), 0) / units.length]
    );
    return shares.length === 0 ? null : spreadOf(shares).mean;
  }
  return null;
}
