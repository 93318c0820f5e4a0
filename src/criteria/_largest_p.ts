import {
  EQUIVALENT_Z_ERROR,
  equivalentZ,
  LEAST_FREEDOM,
  type Moments,
  normalQuantile,
  stepUp,
} from "../statistics/mod.ts";
import { Comparison } from "./_candidates.ts";
import type { ConjunctionDefinition } from "./conjunction_definition.ts";

/** A category and what it is compared with in a conjunction. */
export interface LargestInput {
  /** One per condition, `[units]` each. */
  readonly moments: readonly Moments[];
  /** Index of the category's condition. */
  readonly target: number;
  /** Indices of the other conditions that have images. */
  readonly others: readonly number[];
  /** Per unit a condition with the largest mean response; no other can exceed every other condition. */
  readonly preferred: Uint16Array;
  /** `[units]`, to work in. */
  readonly work: Uint32Array;
}

/**
 * Decides by each unit's largest p over several contrasts, corrected over the units.
 *
 * @returns `[units]`, 1 where the largest p passes and the category exceeds every other condition.
 */
export function largestPasses(
  input: LargestInput,
  { test, alpha, correction, sides }: ConjunctionDefinition,
): Uint8Array {
  const { moments, target, others, preferred } = input;
  const mask = new Uint8Array(preferred.length);
  const comparisons = others.map((k) => new Comparison(moments[target], moments[k], test));
  const left = unitsLeft(input, comparisons, { alpha, sides });
  if (left.length === 0) return mask;
  const largest = new LargestP(left, comparisons);
  const limit = stepUp({ tests: mask.length, alpha, method: correction }, {
    most: left.length,
    countAtMost: (p) => largest.count(p / sides),
    pValues: () => largest.pValues().map((p) => p * sides),
  });
  if (!(limit > 0)) return mask;
  const passes = largest.passing(limit / sides);
  for (let i = 0; i < left.length; i++) {
    if (passes(i) && comparisons.every((comparison) => comparison.difference(left[i]) > 0)) mask[left[i]] = 1;
  }
  return mask;
}

/**
 * The units whose every p may be up to the level. Where p is two-sided, units that another condition exceeds are among them: they
 * count among the tests, as they do in each contrast.
 */
function unitsLeft(
  { target, preferred, work }: LargestInput,
  comparisons: readonly Comparison[],
  { alpha, sides }: Pick<ConjunctionDefinition, "alpha" | "sides">,
): Uint32Array {
  if (!comparisons.every(({ testable }) => testable)) return new Uint32Array(0);
  let count = 0;
  for (let i = 0; i < preferred.length; i++) if (sides === 2 || preferred[i] === target) work[count++] = i;
  for (const comparison of comparisons) count = comparison.keep(work, count, alpha / sides);
  return work.slice(0, count);
}

/** The largest p of some units over several contrasts, as exact as a limit asks. */
class LargestP {
  readonly #units: Uint32Array;
  readonly #comparisons: readonly Comparison[];
  /** The least approximate normal score of each unit over the contrasts; null where too few images make it inexact. */
  readonly #scores: Float64Array | null;
  readonly #p: Float64Array;

  constructor(units: Uint32Array, comparisons: readonly Comparison[]) {
    this.#units = units;
    this.#comparisons = comparisons;
    this.#p = new Float64Array(units.length).fill(NaN);
    const exact = comparisons.some(({ least }) => least < LEAST_FREEDOM);
    this.#scores = exact ? null : leastScores(units, comparisons);
  }

  /**
   * Decides for units, by their place, whether their largest one-sided p is at most a limit. The score decides where it is farther
   * from the limit than it can be wrong; p decides the rest.
   */
  passing(limit: number): (i: number) => boolean {
    const z = -normalQuantile(limit);
    const scores = this.#scores;
    return (i) => {
      const distance = scores === null ? 0 : scores[i] - z;
      return Math.abs(distance) > EQUIVALENT_Z_ERROR ? distance > 0 : this.#exact(i) <= limit;
    };
  }

  count(limit: number): number {
    const passes = this.passing(limit);
    let count = 0;
    for (let i = 0; i < this.#units.length; i++) if (passes(i)) count++;
    return count;
  }

  pValues(): Float64Array {
    return this.#p.map((_, i) => this.#exact(i));
  }

  #exact(i: number): number {
    if (Number.isNaN(this.#p[i])) {
      const unit = this.#units[i];
      this.#p[i] = Math.max(...this.#comparisons.map((comparison) => comparison.p(unit, comparison.square(unit))));
    }
    return this.#p[i];
  }
}

function leastScores(units: Uint32Array, comparisons: readonly Comparison[]): Float64Array {
  const scores = new Float64Array(units.length).fill(Infinity);
  for (const comparison of comparisons) {
    for (let i = 0; i < units.length; i++) {
      const unit = units[i];
      const score = equivalentZ(Math.sqrt(comparison.square(unit)), comparison.df(unit));
      if (score < scores[i]) scores[i] = score;
    }
  }
  return scores;
}
