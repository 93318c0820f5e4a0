import { normalTail } from "./normal_tail.ts";

/** Wilcoxon's rank-sum test of two groups. */
export interface RankSum {
  /** Mann–Whitney U of the first group: how many pairs it wins, ties counting half. */
  readonly u: number;
  /** Standard normal score, corrected for ties and continuity; positive where the first group exceeds. */
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Wilcoxon's rank-sum (Mann–Whitney) test by the normal approximation with corrections for ties and continuity.
 *
 * Mann & Whitney 1947, doi:10.1214/aoms/1177730491. The same numbers as SciPy's `mannwhitneyu(method="asymptotic")`.
 *
 * @param a Responses of the first group, ascending.
 * @param b Responses of the second group, ascending.
 * @returns z = 0 and p = 1 where a group is empty or all responses are equal.
 */
export function rankSum(a: Float32Array | Float64Array, b: Float32Array | Float64Array): RankSum {
  const pairs = a.length * b.length;
  if (pairs === 0) return { u: 0, z: 0, p: 1 };
  let u = 0;
  let ties = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const value = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
    const before = j;
    const start = i;
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    const own = i - start;
    const equal = own + j - before;
    u += own * (before + (j - before) / 2);
    ties += equal * equal * equal - equal;
  }
  const n = a.length + b.length;
  const variance = pairs / 12 * (n + 1 - ties / (n * (n - 1)));
  const distance = u - pairs / 2;
  if (!(variance > 0) || distance === 0) return { u, z: 0, p: 1 };
  const size = Math.max(0, Math.abs(distance) - 0.5) / Math.sqrt(variance);
  return { u, z: distance > 0 ? size : -size, p: Math.min(1, 2 * normalTail(size)) };
}
