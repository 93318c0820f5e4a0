/** How p values are corrected over the units of a layer. */
export type Correction = "none" | "bonferroni" | "benjamini-hochberg" | "benjamini-yekutieli";

/** Real p values settle within a few rounds; a list made to settle slowly is sorted after so many. */
const MAX_ROUNDS = 64;
const EULER = 0.5772156649015329;

/** The p values of many tests, as far as they matter for a level. */
export interface SmallPValues {
  /** At least as many as are up to the level; fewer rounds then find the limit. @default the number of tests */
  readonly most?: number;
  /** How many p values are at most `limit`, for any limit up to the level. */
  countAtMost(limit: number): number;
  /** Every p value up to the level, in any order. */
  pValues(): Float64Array;
}

/**
 * The largest p that a correction rejects, found without sorting.
 *
 * Benjamini and Hochberg's step-up procedure rejects R tests where R is the largest number with R p values of at most
 * `alpha · R / tests`; repeating R ← #{p ≤ alpha · R / tests} from any R that is no smaller descends to it.
 *
 * @returns The limit; 0 where nothing is rejected.
 */
export function stepUp(
  { tests, alpha, method }: { tests: number; alpha: number; method: Correction },
  small: SmallPValues,
): number {
  if (tests === 0) return 0;
  if (method === "none") return alpha;
  if (method === "bonferroni") return alpha / tests;
  const level = method === "benjamini-yekutieli" ? alpha / harmonic(tests) : alpha;
  if (small.most === 0) return 0;
  for (let round = 0, rejected = Math.min(tests, small.most ?? tests); round < MAX_ROUNDS; round++) {
    const limit = level * (rejected / tests);
    const count = small.countAtMost(limit);
    if (count === 0 || count === rejected) return count === 0 ? 0 : limit;
    rejected = count;
  }
  const sorted = small.pValues().sort();
  for (let i = sorted.length; i > 0; i--) if (sorted[i - 1] <= level * (i / tests)) return level * (i / tests);
  return 0;
}

/** The harmonic number 1 + ½ + … + 1/n, Benjamini and Yekutieli's price for arbitrary dependence. */
export function harmonic(n: number): number {
  // Euler and Maclaurin's expansion, exact to rounding from here on.
  if (n > 1000) return Math.log(n) + EULER + 1 / (2 * n) - 1 / (12 * n * n) + 1 / (120 * n ** 4);
  let sum = 0;
  for (let i = n; i > 0; i--) sum += 1 / i;
  return sum;
}
