import {
  type Moments,
  poolConditions,
  poolMoments,
  poolMomentsInto,
  positiveScores,
  sameUnits,
  stepUp,
  topProportion,
  welch,
} from "../statistics/mod.ts";
import { type Candidates, findCandidates } from "./_candidates.ts";
import { LargestP } from "./_largest_p.ts";
import type { ConjunctionDefinition } from "./conjunction_definition.ts";
import { otherConditions, type ScreenedConjunction, type ScreenedUnits, screenOf } from "./screens.ts";

/** Arrays that contrasts of one layer work in, one after the other; what they find stands elsewhere. */
export interface ContrastBuffers {
  /** Candidates above, `[units]`. */
  readonly above: Uint32Array;
  /** t² of those above. */
  readonly aboveSquares: Float64Array;
  /** Candidates below. */
  readonly below: Uint32Array;
  /** t² of those below. */
  readonly belowSquares: Float64Array;
  /** Moments of the conditions that are pooled for a test. */
  readonly rest: { readonly mean: Float64Array; readonly m2: Float64Array };
}

/** Arrays for contrasts of as many units. */
export function contrastBuffers(units: number): ContrastBuffers {
  return {
    above: new Uint32Array(units),
    aboveSquares: new Float64Array(units),
    below: new Uint32Array(units),
    belowSquares: new Float64Array(units),
    rest: { mean: new Float64Array(units), m2: new Float64Array(units) },
  };
}

/**
 * Contrasts between the conditions of one layer, each computed once and shared by every criterion and target.
 *
 * A pair is computed for both directions at once, and p only where it decides, so that several criteria over a million units cost
 * little more than one.
 */
export class Contrasts {
  /** One per condition. */
  readonly moments: readonly Moments[];
  /** How many units the layer has. */
  readonly units: number;
  readonly #candidates = new Map<string, { readonly alpha: number; readonly pair: [Candidates, Candidates] }>();
  readonly #rest = new Map<number, Moments>();
  readonly #restT = new Map<number, Float64Array>();
  readonly #positive = new Map<number, Float64Array>();
  readonly #shared = new WeakMap<object, unknown>();
  #buffers: ContrastBuffers | undefined;
  readonly #largest = new Map<string, { readonly alpha: number; readonly largest: LargestP }>();
  readonly #screened: readonly ScreenedUnits[];

  /**
   * Takes the conditions; nothing is computed yet.
   *
   * @param moments One per condition, `[units]` each.
   * @param options.buffers Arrays to work in, which others may use too. @default new ones
   * @param options.screened Units that conjunctions over these conditions may select, where they were found already.
   * @throws {RangeError} where there is none or they differ in their units.
   */
  constructor(
    moments: readonly Moments[],
    { buffers, screened = [] }: { readonly buffers?: ContrastBuffers; readonly screened?: readonly ScreenedUnits[] } =
      {},
  ) {
    this.units = sameUnits(moments, "contrast conditions");
    this.moments = moments;
    this.#buffers = buffers;
    this.#screened = screened;
  }

  /** The conditions that have images, but for `target`. */
  others(target: number): number[] {
    return otherConditions(this.moments, target);
  }

  /** Every other condition's images as one group; null where there is none. */
  rest(target: number): Moments | null {
    const known = this.#rest.get(target);
    if (known) return known;
    const others = this.others(target);
    if (others.length === 0) return null;
    const pooled = poolMoments(...others.map((k) => this.moments[k]));
    this.#rest.set(target, pooled);
    return pooled;
  }

  /** Welch's t of a condition against its rest, `[units]`; null where there is no other condition. */
  againstRest(target: number): Float64Array | null {
    const known = this.#restT.get(target);
    if (known) return known;
    const others = this.others(target);
    if (others.length === 0) return null;
    // Of a large layer only t is kept: the moments of the rest take twice its memory.
    const rest = this.#rest.get(target) ??
      poolMomentsInto((this.#buffers ??= contrastBuffers(this.units)).rest, others.map((k) => this.moments[k]));
    const buffers = this.#buffers ??= contrastBuffers(this.units);
    const { t } = welch(this.moments[target], rest, { df: buffers.aboveSquares });
    this.#restT.set(target, t);
    return t;
  }

  /**
   * The units with the largest Welch t of a condition against its rest, as many as a proportion of all.
   *
   * @returns `[units]`, 1 where selected; none where there is no other condition.
   */
  topAgainstRest(target: number, proportion: number): Uint8Array {
    const t = this.againstRest(target);
    if (t === null) return new Uint8Array(this.units);
    let positive = this.#positive.get(target);
    if (positive === undefined) this.#positive.set(target, positive = positiveScores(t));
    return topProportion(t, proportion, positive);
  }

  /**
   * The units for which a condition exceeds each other condition.
   *
   * @returns `[units]`, 1 where selected; none where there is no other condition.
   * @throws {RangeError} where the level is not in (0, ½).
   */
  conjunction(target: number, definition: ConjunctionDefinition): Uint8Array {
    const { alpha, against } = definition;
    if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`Cannot test at level ${alpha}; expected one in (0, ½)`);
    const others = this.others(target);
    if (others.length === 0 || this.moments[target].n === 0) return new Uint8Array(this.units);
    if (against === "largest") return this.#largestP(target, definition).select(this.units, definition);
    const mask = new Uint8Array(this.units);
    // A unit's mark counts the contrasts passed so far; only those that passed all before can pass the next.
    others.forEach((k, passed) => {
      for (const unit of this.#exceeding(target, k, definition)) if (mask[unit] === passed) mask[unit] = passed + 1;
    });
    for (let i = 0; i < mask.length; i++) mask[i] = mask[i] === others.length ? 1 : 0;
    return mask;
  }

  /** The largest p of units that may pass at a level, or at a wider one where they are known. */
  #largestP(target: number, { test, sides, alpha }: ConjunctionDefinition): LargestP {
    const key = `${test} ${sides} ${target}`;
    const known = this.#largest.get(key);
    if (known !== undefined && known.alpha >= alpha) return known.largest;
    const screened = this.#screen({ target, test, sides, alpha });
    const largest = new LargestP(this.moments, this.others(target), screened);
    this.#largest.set(key, { alpha: screened.alpha, largest });
    return largest;
  }

  /** The units that a conjunction may select: those found before, or found now. */
  #screen(conjunction: ScreenedConjunction): ScreenedUnits {
    const { target, test, sides, alpha } = conjunction;
    const known = this.#screened.find((each) =>
      each.target === target && each.test === test && each.sides === sides && each.alpha >= alpha
    );
    if (known !== undefined) return known;
    const screen = screenOf(this.moments, this.others(target), conjunction);
    if (screen === null) return { ...conjunction, screened: null };
    const conditions = this.moments.map((moments) => ({ groups: [moments] }));
    return { ...conjunction, screened: poolConditions(this.units, conditions, [screen])[0] };
  }

  /** Work of a criterion's own, made once per key object and kept as long as these contrasts. */
  shared<T>(key: object, make: () => T): T {
    if (!this.#shared.has(key)) this.#shared.set(key, make());
    return this.#shared.get(key) as T;
  }

  /** Indices, ascending, of the units for which condition `c` exceeds condition `k` after the contrast's own correction. */
  #exceeding(c: number, k: number, { test, alpha, correction, sides }: ConjunctionDefinition): Uint32Array {
    const [above, below] = this.#pair(c, k, { test, alpha });
    const both = sides === 2 ? [above, below] : [above];
    const limit = stepUp({ tests: this.units, alpha, method: correction }, {
      most: both.reduce((count, side) => count + side.units.length, 0),
      countAtMost: (p) => both.reduce((count, side) => count + side.p.countAtMost(p / sides), 0),
      pValues: () => Float64Array.from(both.flatMap((side) => Array.from(side.p.values(), (p) => p * sides))),
    });
    return limit > 0 ? above.unitsAtMost(limit / sides) : new Uint32Array(0);
  }

  /** Candidates of a pair at a level, or at a wider one where they are known; both directions are made at once. */
  #pair(c: number, k: number, { test, alpha }: { test: "welch" | "student"; alpha: number }): [Candidates, Candidates] {
    const first = Math.min(c, k);
    const second = Math.max(c, k);
    const key = `${test} ${first} ${second}`;
    const known = this.#candidates.get(key);
    let pair = known !== undefined && known.alpha >= alpha ? known.pair : undefined;
    if (pair === undefined) {
      const buffers = this.#buffers ??= contrastBuffers(this.units);
      pair = findCandidates({
        a: this.moments[first],
        b: this.moments[second],
        test,
        alpha,
      }, buffers);
      this.#candidates.set(key, { alpha, pair });
    }
    return c < k ? pair : [pair[1], pair[0]];
  }
}
