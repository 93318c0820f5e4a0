import { EQUIVALENT_Z_ERROR, equivalentT, LEAST_FREEDOM, normalQuantile } from "../statistics/mod.ts";

/** One-sided tests whose p values are wanted, by their places. */
export interface ScoredTests {
  /** t² of each; where p is the largest of several, the least of their t². */
  readonly squares: Float64Array;
  /** The fewest and the most degrees of freedom that one of them can have. */
  readonly freedom: readonly [least: number, most: number];
  /** An approximate normal score of one, as `equivalentZ` gives it, larger where p is smaller. */
  readonly score: (place: number) => number;
  /** Its p. */
  readonly exact: (place: number) => number;
}

/**
 * One-sided p values as exact as a limit asks. Most are decided by t² alone: it is beyond what any degrees of freedom ask for,
 * or short of it. Between, an approximate normal score decides, ten times quicker than p, where it is farther from the limit
 * than it can be wrong; p decides the rest. Scores and p values are computed at most once.
 */
export class ScoredP {
  readonly #tests: ScoredTests;
  /** NaN where not computed yet; made when the first is wanted, since t² alone decides most tests. */
  #p: Float64Array | null = null;
  #scores: Float64Array | null = null;
  /** Places, ascending, of those that are at most the last limit; the search of a step-up procedure only lowers it. */
  readonly #kept: Uint32Array;
  #count = 0;
  #limit = 0;

  /** Takes the tests; nothing is computed yet. */
  constructor(tests: ScoredTests) {
    const { length } = tests.squares;
    this.#tests = tests;
    this.#kept = new Uint32Array(length);
    this.#keepAll();
  }

  /** How many are at most `limit`. */
  countAtMost(limit: number): number {
    return this.placesAtMost(limit).length;
  }

  /** Places, ascending, of those that are at most `limit`; valid until the next call. */
  placesAtMost(limit: number): Uint32Array {
    if (limit > this.#limit) this.#keepAll();
    if (limit < this.#limit) this.#keep(limit);
    this.#limit = limit;
    return this.#kept.subarray(0, this.#count);
  }

  #keepAll(): void {
    this.#limit = Infinity;
    this.#count = this.#kept.length;
    for (let i = 0; i < this.#count; i++) this.#kept[i] = i;
  }

  /** Keeps those of the places that are at most `limit`. */
  #keep(limit: number): void {
    const { squares } = this.#tests;
    const kept = this.#kept;
    const z = -normalQuantile(limit);
    const [low, high] = this.#bounds(z);
    let count = 0;
    for (let k = 0; k < this.#count; k++) {
      const i = kept[k];
      const square = squares[i];
      kept[count] = i;
      if (square >= high || (square >= low && this.#decide(i, z, limit))) count++;
    }
    this.#count = count;
  }

  /** All of them. */
  values(): Float64Array {
    return Float64Array.from(this.#tests.squares, (_, i) => this.#at(i));
  }

  /** From which t² on p may be at most that of a normal score, and from which on it is. */
  #bounds(z: number): [number, number] {
    const [least, most] = this.#tests.freedom;
    // A score says nothing there.
    if (least < LEAST_FREEDOM) return [0, Infinity];
    return [
      equivalentT(Math.max(0, z - EQUIVALENT_Z_ERROR), most) ** 2,
      equivalentT(z + EQUIVALENT_Z_ERROR, least) ** 2,
    ];
  }

  #decide(i: number, z: number, limit: number): boolean {
    if (this.#tests.freedom[0] >= LEAST_FREEDOM) {
      const scores = this.#scores ??= this.#unknown();
      if (Number.isNaN(scores[i])) scores[i] = this.#tests.score(i);
      const away = scores[i] - z;
      if (Math.abs(away) > EQUIVALENT_Z_ERROR) return away > 0;
    }
    return this.#at(i) <= limit;
  }

  #at(i: number): number {
    const p = this.#p ??= this.#unknown();
    if (Number.isNaN(p[i])) p[i] = this.#tests.exact(i);
    return p[i];
  }

  #unknown(): Float64Array {
    return new Float64Array(this.#kept.length).fill(NaN);
  }
}
