import { type Correction, harmonic } from "./step_up.ts";

/**
 * Adjusts p values for the number of tests.
 *
 * Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x (false discovery rate, independence or positive
 * dependence); Benjamini & Yekutieli 2001, doi:10.1214/aos/1013699998 (any dependence); Bonferroni (family-wise error).
 *
 * @param p `[tests]`, in 0–1; 1 for tests that could not be made, which count all the same.
 * @returns `[tests]`, the smallest level at which each would be rejected, in 0–1.
 * @throws {RangeError} where a p is outside 0–1.
 */
export function correct(p: Float64Array, method: Correction): Float64Array {
  const wrong = p.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) throw new RangeError(`Cannot correct p[${wrong}] = ${p[wrong]}; expected probabilities in 0–1`);
  const tests = p.length;
  if (method === "none") return p.slice();
  if (method === "bonferroni") return p.map((value) => Math.min(1, value * tests));
  const price = method === "benjamini-yekutieli" ? harmonic(tests) : 1;
  const sorted = p.slice().sort();
  const adjusted = new Float64Array(tests);
  let least = 1;
  for (let i = tests - 1; i >= 0; i--) {
    least = Math.min(least, sorted[i] * price / ((i + 1) / tests));
    adjusted[i] = least;
  }
  return p.map((value) => adjusted[firstIndex(sorted, value)]);
}

function firstIndex(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
