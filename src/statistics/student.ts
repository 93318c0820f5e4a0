import { sameUnits } from "./same_units.ts";
import type { Moments } from "./moments.ts";
import type { TTest } from "./t_test.ts";

/**
 * Student's t test of every unit with the variance pooled over both groups, positive where `a` exceeds `b`.
 *
 * Student 1908, doi:10.1093/biomet/6.1.1. A dead unit (no variance in either group) has t = 0 and df = 0, as has every unit
 * where a group is empty or both hold one image.
 *
 * @param a Moments of the first group, `[units]`.
 * @param b Moments of the second group, `[units]`.
 * @throws {RangeError} where the two differ in their units.
 */
export function student(a: Moments, b: Moments): TTest {
  const units = sameUnits([a, b], "compare groups");
  const t = new Float64Array(units);
  const df = new Float64Array(units);
  const freedom = a.n + b.n - 2;
  if (a.n < 1 || b.n < 1 || freedom < 1) return { t, df };
  const scale = (1 / a.n + 1 / b.n) / freedom;
  for (let i = 0; i < units; i++) {
    const squares = (a.m2[i] > 0 ? a.m2[i] : 0) + (b.m2[i] > 0 ? b.m2[i] : 0);
    const variance = squares * scale;
    if (!(variance > 0)) continue;
    const value = (a.mean[i] - b.mean[i]) / Math.sqrt(variance);
    t[i] = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
    df[i] = freedom;
  }
  return { t, df };
}
