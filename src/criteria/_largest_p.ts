import { type Moments, stepUp } from "../statistics/mod.ts";
import { Comparison } from "./_candidates.ts";
import { ScoredP } from "./_scored_p.ts";
import type { ConjunctionDefinition } from "./conjunction_definition.ts";

/** A category and what it is compared with in a conjunction. */
export interface LargestInput {
  /** One per condition, `[units]` each. */
  readonly moments: readonly Moments[];
  /** Index of the category's condition. */
  readonly target: number;
  /** Indices of the other conditions that have images. */
  readonly others: readonly number[];
  /** `[units]`, to work in. */
  readonly buffer: Uint32Array;
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
  readonly #p: ScoredP;

  /** Leaves out the units of which one contrast says already that their largest p is above the level. */
  constructor(
    { moments, target, others, buffer }: LargestInput,
    { test, ...level }: Pick<ConjunctionDefinition, "test" | "sides" | "alpha">,
  ) {
    const comparisons = others.map((k) => new Comparison(moments[target], moments[k], test));
    const [first, ...more] = comparisons;
    let count = comparisons.every(({ testable }) => testable) ? first.find(buffer, level) : 0;
    for (const comparison of more) count = comparison.keep(buffer, count, level);
    this.#units = buffer.slice(0, count);
    this.#comparisons = comparisons;
    this.#sides = level.sides;
    const own = this.#units;
    const over = (value: (comparison: Comparison, unit: number) => number) => (i: number): number[] =>
      comparisons.map((comparison) => value(comparison, own[i]));
    const scores = over((comparison, unit) => comparison.score(unit, comparison.square(unit)));
    const p = over((comparison, unit) => comparison.p(unit, comparison.square(unit)));
    this.#p = new ScoredP({
      squares: leastSquares(own, comparisons),
      freedom: [
        Math.min(...comparisons.map(({ least }) => least)),
        Math.max(...comparisons.map(({ most }) => most)),
      ],
      score: (i) => Math.min(...scores(i)),
      exact: (i) => Math.max(...p(i)),
    });
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
      countAtMost: (p) => this.#p.countAtMost(p / sides),
      pValues: () => this.#p.values().map((p) => sides * p),
    });
    if (!(limit > 0)) return mask;
    for (const place of this.#p.placesAtMost(limit / sides)) {
      if (sides === 1 || this.#exceeds(units[place])) mask[units[place]] = 1;
    }
    return mask;
  }

  /** Whether the category exceeds every other condition. */
  #exceeds(unit: number): boolean {
    return this.#comparisons.every((comparison) => comparison.difference(unit) > 0);
  }
}

/** The least t² of each unit over the contrasts. */
function leastSquares(units: Uint32Array, comparisons: readonly Comparison[]): Float64Array {
  const squares = new Float64Array(units.length).fill(Infinity);
  for (const comparison of comparisons) {
    for (let i = 0; i < units.length; i++) squares[i] = Math.min(squares[i], comparison.square(units[i]));
  }
  return squares;
}
