import type { LocalizationMeter } from "../measures/mod.ts";
import { type PlacementNull, Random } from "../resampling/mod.ts";
import { assignFollowers, type Followers } from "./_followers.ts";
import { type Replicates, replicatesOf } from "./_replicates.ts";
import type { FoldSelections } from "./_select_folds.ts";

/** Localization statistics in the order of their draws. */
export const PLACED_MEASURES = [
  "localization.within.entropy",
  "localization.within.gini",
  "localization.within.moran",
  "localization.within.peak",
  "localization.across.entropy",
  "localization.across.gini",
] as const;
export type PlacedMeasure = typeof PLACED_MEASURES[number];

/** Replicates of a localization statistic: as it is, and as its excess over random placement. */
export interface PlacedDraws {
  readonly raw: Replicates | null;
  readonly excess: Replicates | null;
}

/** Values of every statistic, `[measures][replicates]`; NaN where a replicate does not define one. */
interface Values {
  readonly raw: readonly Float64Array[];
  readonly excess: readonly Float64Array[];
}

const MEASURES = PLACED_MEASURES.length;

/** What the replicates say of one target. */
class PlacedTarget {
  readonly #status: Uint8Array;
  readonly #followers: Followers | null;
  /** `[replicates][resampled units]`. */
  readonly #marks: Uint8Array[];

  constructor(masks: readonly Uint8Array[], resampled: Uint32Array, replicates: number, meter: LocalizationMeter) {
    this.#status = masks[0].map((mark, u) => mark + masks[1][u]);
    this.#followers = assignFollowers(this.#status, resampled, meter.layout);
    this.#marks = Array.from({ length: replicates }, () => new Uint8Array(resampled.length));
  }

  record(replicate: number, mask: Uint8Array): void {
    this.#marks[replicate].set(mask);
  }

  summarize(
    { meter, nulls, degrees }: { meter: LocalizationMeter; nulls: PlacementNull; degrees: number },
    random: Random,
  ): PlacedDraws[] {
    const nothing = { raw: null, excess: null };
    if (this.#followers === null) return PLACED_MEASURES.map(() => nothing);
    const { starts, units } = this.#followers;
    const marks = this.#marks;
    const columns = starts.length - 1;
    const often = new Float64Array(columns);
    for (const mask of marks) for (let column = 0; column < columns; column++) often[column] += mask[column];
    const buffer = new Uint32Array(units.length);
    /** Measures selections in which every resampled unit, or every unit, takes its mark from a replicate. */
    const measure = (markOf: (column: number, replicate: number) => number, alone: boolean): Values =>
      this.#measure(meter, nulls, (replicate) => {
        let count = 0;
        for (let column = 0; column < columns; column++) {
          if (often[column] === 0) continue;
          const wavers = often[column] < marks.length;
          if (wavers && alone) {
            for (let i = starts[column]; i < starts[column + 1]; i++) {
              if (markOf(column, replicate) === 1) buffer[count++] = units[i];
            }
          } else if (!wavers || markOf(column, replicate) === 1) {
            for (let i = starts[column]; i < starts[column + 1]; i++) buffer[count++] = units[i];
          }
        }
        return buffer.slice(0, count);
      });
    const anyReplicate = (column: number): number => marks[random.integer(marks.length)][column];
    const together = measure((column, replicate) => marks[replicate][column], false);
    const resampledAlone = measure(anyReplicate, false);
    const everyAlone = measure(anyReplicate, true);
    const turnover = this.#turnover(often);
    const draws = (kind: keyof Values, m: number): Replicates | null =>
      replicatesOf(together[kind][m], {
        own: varianceOfDefined(resampledAlone[kind][m]),
        ownOfAll: turnover * varianceOfDefined(everyAlone[kind][m]),
      }, degrees);
    return PLACED_MEASURES.map((_, m) => ({ raw: draws("raw", m), excess: draws("excess", m) }));
  }

  /** How often units differ between folds, relative to how often they do between replicates. */
  #turnover(often: Float64Array): number {
    const { starts } = this.#followers!;
    let moved = 0;
    for (let column = 0; column < often.length; column++) {
      const share = often[column] / this.#marks.length;
      moved += (starts[column + 1] - starts[column]) * share * (1 - share);
    }
    // The estimate averages two folds, so of the variance of one, half a squared difference, it has half.
    const different = this.#status.reduce((count, each) => count + (each === 1 ? 1 : 0), 0) / 4;
    // A unit's worth on both sides, so that next to nothing does not decide.
    return (different + 1) / (moved + 1);
  }

  #measure(meter: LocalizationMeter, nulls: PlacementNull, select: (replicate: number) => Uint32Array): Values {
    const replicates = this.#marks.length;
    const empty = () => PLACED_MEASURES.map(() => new Float64Array(replicates).fill(NaN));
    const values: Values = { raw: empty(), excess: empty() };
    for (let r = 0; r < replicates; r++) {
      const units = select(r);
      const { within, across } = meter.measure(units);
      const expected = nulls.expect(units);
      const pairs = [
        [within.entropy, expected.within.entropy],
        [within.gini, expected.within.gini],
        [within.moran, expected.within.moran],
        [within.peak, expected.within.peak],
        [across.entropy, expected.across.entropy],
        [across.gini, expected.across.gini],
      ] as const;
      for (let m = 0; m < MEASURES; m++) {
        const [{ value }, random] = pairs[m];
        if (value === null || random === null) continue;
        values.raw[m][r] = value;
        values.excess[m][r] = value - random.mean;
      }
    }
    return values;
  }
}

function varianceOfDefined(values: Float64Array): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  if (defined.length < 2) return 0;
  const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length;
  return defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (defined.length - 1);
}

/**
 * Carries the selections of replicates from resampled units over to the whole tap, and measures where they lie.
 *
 * Neighbourhoods cannot be measured on scattered units, and the responses of the other units are not kept. So each unit
 * takes part in a replicate as the resampled unit does that lies nearest to it in its channel and was selected on as many
 * folds (a hot-deck imputation).
 *
 * Units that follow the same one change together, which they would not by their own noise. That part of the variance is
 * found by letting every resampled unit take its mark from a replicate of its own, which leaves only what units do alone;
 * it is replaced by what remains when each unit of the tap does so, brought to how many units differ between the folds.
 */
export class PlacementBootstrap {
  readonly #targets: readonly PlacedTarget[];
  readonly #setting: { readonly meter: LocalizationMeter; readonly nulls: PlacementNull; readonly degrees: number };
  readonly #seed: number;

  /**
   * @param input.selections What is selected on all units, `[fold][target]`.
   * @param input.resampled Indices of the resampled units within the tap, ascending.
   * @param input.degrees Degrees of freedom of the images.
   */
  constructor({ selections, resampled, replicates, meter, nulls, degrees, seed }: {
    selections: FoldSelections;
    resampled: Uint32Array;
    replicates: number;
    meter: LocalizationMeter;
    nulls: PlacementNull;
    degrees: number;
    seed: number;
  }) {
    this.#setting = { meter, nulls, degrees };
    this.#seed = seed;
    this.#targets = selections[0].map((_, t) =>
      new PlacedTarget(selections.map((fold) => fold[t].mask), resampled, replicates, meter)
    );
  }

  /** Takes in one replicate: a mask over the resampled units for each target. */
  record(replicate: number, masks: readonly Uint8Array[]): void {
    this.#targets.forEach((target, t) => target.record(replicate, masks[t]));
  }

  /** Replicates of each statistic for a target, in the order of {@linkcode PLACED_MEASURES}, once all are recorded. */
  draws(target: number): readonly PlacedDraws[] {
    return this.#targets[target].summarize(this.#setting, new Random(this.#seed, `places ${target}`));
  }
}
