import { correct, type Moments, oneSidedPValues, welch } from "../statistics/mod.ts";

/** The contrast that each unit passes least. */
export interface StrictestContrast {
  /** `[units]`: the smallest Welch t over the other conditions. */
  readonly t: Float64Array;
  /** `[units]`: the largest p over them, one-sided and corrected over the units (Benjamini–Hochberg). */
  readonly q: Float64Array;
}

/**
 * Contrasts one condition with each other one and keeps, for every unit, what it passes least.
 *
 * @param moments One per condition, `[units]` each; a condition without images is left out.
 * @param target Index of the condition.
 */
export function strictestContrast(moments: readonly Moments[], target: number): StrictestContrast {
  const units = moments[target].mean.length;
  const t = new Float64Array(units).fill(Infinity);
  const q = new Float64Array(units);
  for (const [k, other] of moments.entries()) {
    if (k === target || other.n === 0) continue;
    const test = welch(moments[target], other);
    const corrected = correct(oneSidedPValues(test), "benjamini-hochberg");
    for (let unit = 0; unit < units; unit++) {
      t[unit] = Math.min(t[unit], test.t[unit]);
      q[unit] = Math.max(q[unit], corrected[unit]);
    }
  }
  return { t, q };
}
