import { hashName } from "./hash_name.ts";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/**
 * Seeded chance. The stream depends on the seed and the name alone, so that two networks that ask for the same seed and name
 * get the same numbers, whatever else was drawn before.
 *
 * @example
 * ```ts
 * new Random(1, "splits").integer(6) === new Random(1, "splits").integer(6); // true
 * ```
 */
export class Random {
  readonly #generator: { next(): number };
  #spare: number | null = null;

  /**
   * Starts a stream; the same seed and name give the same numbers.
   *
   * @param seed A 32-bit integer.
   * @param name What the stream is for.
   */
  constructor(seed: number, name: string) {
    const state = [hashName(name, 0x811c9dc5), hashName(name, 0x1234567), seed | 0, 0x9e3779b9 | 0];
    this.#generator = xoroshiro128plusFromState(state);
    for (let i = 0; i < 16; i++) this.#generator.next();
  }

  /** Uniform in (0, 1), never an end point. */
  uniform(): number {
    return ((this.#generator.next() >>> 0) + 0.5) / 4294967296;
  }

  /** An integer in `[0, count)`. */
  integer(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Standard normal, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = v * scale;
      return u * scale;
    }
  }

  /** Student's t with an integer number of degrees of freedom, at least 1. */
  student(df: number): number {
    let squares = 0;
    const numerator = this.normal();
    for (let i = 0; i < df; i++) squares += this.normal() ** 2;
    return numerator / Math.sqrt(squares / df);
  }

  /** Shuffles `values[from..to)` in place (Fisher–Yates). */
  shuffle<T>(values: { [index: number]: T }, from: number, to: number): void {
    for (let i = to - 1; i > from; i--) {
      const j = from + this.integer(i - from + 1);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}
