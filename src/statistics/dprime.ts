import { sameUnits } from "./same_units.ts";
import type { Moments } from "./moments.ts";

/**
 * Sensitivity d′ of every unit: the difference of means over the root of the mean of the two variances (n − 1).
 *
 * Green & Swets 1966; as used for units' selectivity by Afraz, Boyden & DiCarlo 2015, doi:10.1073/pnas.1423328112.
 *
 * @returns `[units]`, positive where `a` exceeds `b`; 0 for dead units and where a group holds fewer than two images.
 * @throws {RangeError} where the two differ in their units.
 */
export function dprime(a: Moments, b: Moments): Float64Array {
  const units = sameUnits([a, b], "compare groups");
  const d = new Float64Array(units);
  if (a.n < 2 || b.n < 2) return d;
  const halfA = 0.5 / (a.n - 1);
  const halfB = 0.5 / (b.n - 1);
  for (let i = 0; i < units; i++) {
    const variance = (a.m2[i] > 0 ? a.m2[i] * halfA : 0) + (b.m2[i] > 0 ? b.m2[i] * halfB : 0);
    if (!(variance > 0)) continue;
    const value = (a.mean[i] - b.mean[i]) / Math.sqrt(variance);
    d[i] = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
  }
  return d;
}
