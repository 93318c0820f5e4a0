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
  /** The units that may be selected, ascending: every other one's p is above the level. */
  readonly units: Uint32Array;
}

/**
 * Each unit's largest p over several contrasts, for units in which it may be up to a level, and as exact as a limit asks.
 *
 * Where p is two-sided, units that another condition exceeds are among them: they count among the tests, as they do in each
 * contrast.
 */
export class LargestP {
  readonly #units: Uint32Array;
  readonly #comparisons: readonly Comparison[];
  readonly #sides: 1 | 2;
  /** The least approximate normal score of each unit over the contrasts; null where too few images make it inexact. */
  readonly #scores: Float64Array | null;
  readonly #p: Float64Array;

  /** Leaves out the units of which one contrast says already that their largest p is above the level. */
  constructor(
    { moments, target, others, units }: LargestInput,
    { test, sides, alpha }: Pick<ConjunctionDefinition, "test" | "sides" | "alpha">,
  ) {
    const comparisons = others.map((k) => new Comparison(moments[target], moments[k], test));
    const left = units.slice();
    let count = comparisons.every(({ testable }) => testable) ? left.length : 0;
    for (const comparison of comparisons) count = comparison.keep(left, count, alpha / sides);
    this.#units = left.slice(0, count);
    this.#comparisons = comparisons;
    this.#sides = sides;
    this.#p = new Float64Array(count).fill(NaN);
    const exact = comparisons.some(({ least }) => least < LEAST_FREEDOM);
    this.#scores = exact ? null : leastScores(this.#units, comparisons);
  }

  /**
   * Decides by p corrected over the units of the layer.
   *
   * @param tests How many units the layer has.
   * @param input.alpha At most the level that the units were taken for.
   * @returns `[tests]`, 1 where the largest p passes and the category exceeds every other condition.
   */
  select(tests: number, { alpha, correction }: Pick<ConjunctionDefinition, "alpha" | "correction">): Uint8Array {
    const mask = new Uint8Array(tests);
    const units = this.#units;
    if (units.length === 0) return mask;
    const sides = this.#sides;
    const limit = stepUp({ tests, alpha, method: correction }, {
      most: units.length,
      countAtMost: (p) => this.#count(p / sides),
      pValues: () => this.#p.map((_, i) => sides * this.#exact(i)),
    });
    if (!(limit > 0)) return mask;
    const passes = this.#passing(limit / sides);
    for (let i = 0; i < units.length; i++) {
      if (passes(i) && (sides === 1 || this.#exceeds(units[i]))) mask[units[i]] = 1;
    }
    return mask;
  }

  /** Whether the category exceeds every other condition. */
  #exceeds(unit: number): boolean {
    return this.#comparisons.every((comparison) => comparison.difference(unit) > 0);
  }

  /**
   * Decides for units, by their place, whether their largest one-sided p is at most a limit. The score decides where it is farther
   * from the limit than it can be wrong; p decides the rest.
   */
  #passing(limit: number): (i: number) => boolean {
    const z = -normalQuantile(limit);
    const scores = this.#scores;
    return (i) => {
      const distance = scores === null ? 0 : scores[i] - z;
      return Math.abs(distance) > EQUIVALENT_Z_ERROR ? distance > 0 : this.#exact(i) <= limit;
    };
  }

  #count(limit: number): number {
    const passes = this.#passing(limit);
    let count = 0;
    for (let i = 0; i < this.#units.length; i++) if (passes(i)) count++;
    return count;
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
