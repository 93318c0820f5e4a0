import {
  areStored,
  emptyMoments,
  type Moments,
  poolConditions,
  poolMomentsInto,
  type Screen,
  type Screened,
  unitsOf,
} from "../statistics/mod.ts";
import type { Split } from "./splits.ts";

/**
 * Arrays for the moments of one half, a pair a condition, filled again and again where halves are many and layers large. They
 * begin empty; a pair is made when a condition first needs it.
 */
export type HalfArrays = { readonly mean: Float64Array; readonly m2: Float64Array }[];

/** Which images a half is of. */
export interface HalfImages {
  readonly split: Split;
  readonly half: 0 | 1;
  /** A block of this half to leave out. */
  readonly without?: number;
}

/** Where the moments of a half go. */
export interface HalfPlaces {
  /** Arrays to fill. @default new ones */
  readonly into?: HalfArrays;
  /** What stands for a condition without images here. @default new ones */
  readonly none?: Moments;
}

/**
 * Moments of the images of one half, one per condition.
 *
 * Where a block is deleted, what is left counts as many images as the half had, so that tests keep their nominal n: the mean
 * stays, and the sum of squared deviations grows with n.
 *
 * @param moments `[condition][block]`.
 */
export function halfMoments(moments: readonly (readonly Moments[])[], options: HalfImages & HalfPlaces): Moments[] {
  return new HalfPooling(moments, options).pool().moments;
}

/** The blocks of a condition that are in a half. */
interface HalfCondition {
  readonly groups: readonly Moments[];
  /** Images that the half had before one of its blocks was deleted; 0 where nothing is left. */
  readonly n: number;
  readonly scale: number;
}

/** The moments of a half, to be put together. */
export class HalfPooling {
  /** How many images each condition counts. */
  readonly counts: readonly { readonly n: number }[];
  readonly #conditions: readonly HalfCondition[];
  readonly #units: number;
  readonly #places: HalfPlaces;

  /** @param moments `[condition][block]`. */
  constructor(
    moments: readonly (readonly Moments[])[],
    { split, half, without, ...places }: HalfImages & HalfPlaces,
  ) {
    this.#places = places;
    this.#units = unitsOf(moments[0][0]);
    this.#conditions = moments.map((blocks): HalfCondition => {
      const groups = blocks.filter(({ n }, block) => n > 0 && split[block] === half && block !== without);
      if (groups.length === 0) return { groups, n: 0, scale: 1 };
      const n = blocks.reduce((sum, { n }, block) => split[block] === half ? sum + n : sum, 0);
      return { groups, n, scale: n / groups.reduce((sum, { n }) => sum + n, 0) };
    });
    this.counts = this.#conditions;
  }

  /**
   * Puts the moments together, and finds the units that conjunctions may select on the way.
   *
   * @param screens Of conditions that have images here.
   */
  pool(screens: readonly Screen[] = []): { readonly moments: Moments[]; readonly screened: readonly Screened[] } {
    const units = this.#units;
    const { into = [], none } = this.#places;
    const conditions = this.#conditions.map(({ groups, n, scale }, c) => {
      const asItIs = groups.length === 0 || (groups.length === 1 && groups[0].n === n && !areStored(groups[0]));
      return asItIs
        ? { groups }
        : { groups, scale, into: into[c] ??= { mean: new Float64Array(units), m2: new Float64Array(units) } };
    });
    const screened = poolConditions(units, conditions, screens);
    const moments = this.#conditions.map(({ groups, n }, c): Moments => {
      const { into: own } = conditions[c];
      return own !== undefined ? { n, ...own } : groups[0] ?? none ?? emptyMoments(units);
    });
    return { moments, screened };
  }

  /** Moments that are put together when somebody asks for them, and the units that conjunctions may select at once. */
  poolLater(screens: readonly Screen[]): { readonly moments: Moments[]; readonly screened: readonly Screened[] } {
    const units = this.#units;
    const screened = poolConditions(units, this.#conditions, screens);
    let pooled: Moments[] | undefined;
    const own = (condition: number): Moments => (pooled ??= this.pool().moments)[condition];
    const moments = this.counts.map(({ n }, condition): Moments => ({
      n,
      units,
      get mean() {
        return own(condition).mean;
      },
      get m2() {
        return own(condition).m2;
      },
    }));
    return { moments, screened };
  }
}

/** Moments of both halves together, one condition after the other in the same arrays: each is overwritten when the next is asked for. */
export function* unionInTurn([first, second]: readonly [readonly Moments[], readonly Moments[]]): Generator<Moments> {
  const units = unitsOf(first[0]);
  const into = { mean: new Float64Array(units), m2: new Float64Array(units) };
  for (const [condition, own] of first.entries()) yield poolMomentsInto(into, [own, second[condition]]);
}
