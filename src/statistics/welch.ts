import { sameUnits } from "./same_units.ts";
import type { Moments } from "./moments.ts";
import type { TTest } from "./t_test.ts";

/**
 * Welch's t test of every unit, positive where `a` exceeds `b`, with Welch–Satterthwaite degrees of freedom.
 *
 * Welch 1947, doi:10.1093/biomet/34.1-2.28. A dead unit (no variance in either group, or a group of fewer than two images) has
 * t = 0 and df = 0.
 *
 * @param a Moments of the first group, `[units]`.
 * @param b Moments of the second group, `[units]`.
 * @param input.df `[units]`, overwritten by the degrees of freedom, for callers that test again and again. @default a new one
 * @throws {RangeError} where the two differ in their units.
 */
export function welch(
  a: Moments,
  b: Moments,
  { df = new Float64Array(a.mean.length) }: { readonly df?: Float64Array } = {},
): TTest {
  const units = sameUnits([a, b, { n: 0, mean: df, m2: df }], "compare groups");
  const t = new Float64Array(units);
  df.fill(0);
  if (a.n < 2 || b.n < 2) return { t, df };
  const shareA = 1 / (a.n * (a.n - 1));
  const shareB = 1 / (b.n * (b.n - 1));
  const freedomA = 1 / (a.n - 1);
  const freedomB = 1 / (b.n - 1);
  for (let i = 0; i < units; i++) {
    const varianceA = a.m2[i] > 0 ? a.m2[i] * shareA : 0;
    const varianceB = b.m2[i] > 0 ? b.m2[i] * shareB : 0;
    const sum = varianceA + varianceB;
    if (!(sum > 0)) continue;
    // As a share of the sum, so that squares of tiny variances do not underflow.
    const share = varianceA / sum;
    const rest = varianceB / sum;
    t[i] = bounded((a.mean[i] - b.mean[i]) / Math.sqrt(sum));
    df[i] = 1 / (share * share * freedomA + rest * rest * freedomB);
  }
  return { t, df };
}

function bounded(t: number): number {
  return t > Number.MAX_VALUE ? Number.MAX_VALUE : t < -Number.MAX_VALUE ? -Number.MAX_VALUE : t;
}
