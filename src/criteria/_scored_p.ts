import { EQUIVALENT_Z_ERROR, normalQuantile } from "../statistics/mod.ts";

/**
 * One-sided p values as exact as a limit asks. An approximate normal score, ten times quicker, decides where it is farther from the
 * limit than it can be wrong; p, computed at most once, decides the rest.
 */
export class ScoredP {
  readonly #scores: Float64Array | null;
  readonly #exact: (i: number) => number;
  readonly #p: Float64Array;

  /**
   * Takes as many p values as wanted, by their places.
   *
   * @param scores An approximate normal score of each, larger where p is smaller; null where too few images make it inexact.
   * @param exact Gives p itself.
   */
  constructor(count: number, scores: Float64Array | null, exact: (i: number) => number) {
    this.#scores = scores;
    this.#exact = exact;
    this.#p = new Float64Array(count).fill(NaN);
  }

  /** How many are at most `limit`. */
  countAtMost(limit: number): number {
    let count = 0;
    this.#visit(limit, () => count++);
    return count;
  }

  /** Places, ascending, of those that are at most `limit`. */
  placesAtMost(limit: number): Uint32Array {
    const found = new Uint32Array(this.#p.length);
    let count = 0;
    this.#visit(limit, (i) => void (found[count++] = i));
    return found.slice(0, count);
  }

  /** All of them. */
  values(): Float64Array {
    return this.#p.map((_, i) => this.#at(i));
  }

  #visit(limit: number, visit: (i: number) => void): void {
    const scores = this.#scores;
    if (scores === null) {
      for (let i = 0; i < this.#p.length; i++) if (this.#at(i) <= limit) visit(i);
      return;
    }
    const z = -normalQuantile(limit);
    const [low, high] = [z - EQUIVALENT_Z_ERROR, z + EQUIVALENT_Z_ERROR];
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] > high || (scores[i] >= low && this.#at(i) <= limit)) visit(i);
    }
  }

  #at(i: number): number {
    if (Number.isNaN(this.#p[i])) this.#p[i] = this.#exact(i);
    return this.#p[i];
  }
}
