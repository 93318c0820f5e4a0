import { sameUnits } from "./same_units.ts";
import type { Moments } from "./moments.ts";

/**
 * Moments of the union of several groups, by the pairwise update of Chan, Golub & LeVeque, doi:10.1080/00031305.1983.10483115.
 *
 * @param groups Moments of disjoint groups of images, `[units]` each; empty groups count for nothing.
 * @returns Moments in float64.
 * @throws {RangeError} where there is no group or they differ in their units.
 */
export function poolMoments(...groups: readonly Moments[]): Moments {
  const units = sameUnits(groups, "pool moments");
  return poolMomentsInto({ mean: new Float64Array(units), m2: new Float64Array(units) }, groups);
}

/**
 * The same into arrays that are there, for callers that pool again and again.
 *
 * @param into `[units]` each; what they hold is overwritten.
 * @throws {RangeError} as {@linkcode poolMoments}, or where the arrays do not fit.
 */
export function poolMomentsInto(
  { mean, m2 }: { readonly mean: Float64Array; readonly m2: Float64Array },
  groups: readonly Moments[],
): Moments {
  const units = sameUnits([{ n: 0, mean, m2 }, ...groups], "pool moments");
  let n = 0;
  for (const group of groups) {
    if (group.n === 0) continue;
    if (n === 0) {
      mean.set(group.mean);
      m2.set(group.m2);
      n = group.n;
      continue;
    }
    const total = n + group.n;
    const weight = group.n / total;
    const between = n * weight;
    for (let i = 0; i < units; i++) {
      const difference = group.mean[i] - mean[i];
      mean[i] += difference * weight;
      m2[i] += group.m2[i] + difference * difference * between;
    }
    n = total;
  }
  if (n === 0) {
    mean.fill(0);
    m2.fill(0);
  }
  return { n, mean, m2 };
}
