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
  const filled = groups.filter(({ n }) => n > 0);
  if (filled.length === 0) {
    mean.fill(0);
    m2.fill(0);
  }
  for (let from = 0; from < units; from += CHUNK) poolChunk({ mean, m2 }, filled, from, Math.min(units, from + CHUNK));
  return { n: filled.reduce((sum, { n }) => sum + n, 0), mean, m2 };
}

/** So many units stay in the processor's cache while one group after the other is added. */
const CHUNK = 1024;

function poolChunk(
  { mean, m2 }: { readonly mean: Float64Array; readonly m2: Float64Array },
  groups: readonly Moments[],
  from: number,
  to: number,
): void {
  let n = 0;
  for (const group of groups) {
    const { mean: added, m2: spread } = group;
    const total = n + group.n;
    const weight = group.n / total;
    const between = n * weight;
    if (n === 0) {
      for (let i = from; i < to; i++) {
        mean[i] = added[i];
        m2[i] = spread[i];
      }
    } else {
      for (let i = from; i < to; i++) {
        const difference = added[i] - mean[i];
        mean[i] += difference * weight;
        m2[i] += spread[i] + difference * difference * between;
      }
    }
    n = total;
  }
}
