import { studentTail } from "./student_tail.ts";
import type { TTest } from "./t_test.ts";

/**
 * One-sided p of every unit.
 *
 * @param test Statistics and degrees of freedom, `[units]`.
 * @returns `[units]`, probabilities in 0–1; 1 for dead units.
 */
export function oneSidedPValues({ t, df }: TTest): Float64Array {
  const p = new Float64Array(t.length).fill(1);
  for (let i = 0; i < t.length; i++) if (df[i] > 0) p[i] = studentTail(t[i], df[i]);
  return p;
}
