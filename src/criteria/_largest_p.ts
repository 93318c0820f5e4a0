import { type Moments, stepUp } from "../statistics/mod.ts";
import { Comparison } from "./_candidates.ts";
import { ScoredP } from "./_scored_p.ts";
import type { ConjunctionDefinition } from "./conjunction_definition.ts";
import type { ScreenedUnits } from "./screens.ts";

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

  /**
   * Takes the units that are left once one contrast said of the others that their largest p is above the level.
   *
   * @param counts One per condition.
   * @param others Indices of the conditions that the target is compared with.
   */
  constructor(
    counts: readonly Pick<Moments, "n">[],
    others: readonly number[],
    { target, test, sides, screened }: ScreenedUnits,
  ) {
    const momentsOf = (condition: number): Moments => ({ n: counts[condition].n, ...screened!.moments[condition]! });
    const comparisons = screened === null
      ? []
      : others.map((k) => new Comparison(momentsOf(target), momentsOf(k), test));
    const over = (value: (comparison: Comparison, place: number) => number) => (place: number): number[] =>
      comparisons.map((comparison) => value(comparison, place));
    const scores = over((comparison, place) => comparison.score(place, comparison.square(place)));
    const p = over((comparison, place) => comparison.p(place, comparison.square(place)));
    this.#units = screened?.units ?? new Uint32Array(0);
    this.#comparisons = comparisons;
    this.#sides = sides;
    this.#p = new ScoredP({
      squares: leastSquares(this.#units.length, comparisons),
      freedom: [
        Math.min(...comparisons.map(({ least }) => least)),
        Math.max(...comparisons.map(({ most }) => most)),
      ],
      score: (place) => Math.min(...scores(place)),
      exact: (place) => Math.max(...p(place)),
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
      if (sides === 1 || this.#exceeds(place)) mask[units[place]] = 1;
    }
    return mask;
  }

  /** Whether the category exceeds every other condition. */
  #exceeds(place: number): boolean {
    return this.#comparisons.every((comparison) => comparison.difference(place) > 0);
  }
}

/** The least t² of each unit over the contrasts. */
function leastSquares(units: number, comparisons: readonly Comparison[]): Float64Array {
  const squares = new Float64Array(units).fill(Infinity);
  for (const comparison of comparisons) {
    for (let i = 0; i < units; i++) squares[i] = Math.min(squares[i], comparison.square(i));
  }
  return squares;
}
