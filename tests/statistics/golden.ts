import assert from "node:assert/strict";
import golden from "../../fixtures/statistics/statistics.json" with { type: "json" };
import resampling from "../../fixtures/statistics/resampling.json" with { type: "json" };
import { type Moments, momentsOfResponses } from "../../src/statistics/mod.ts";

/** Numbers from SciPy and NumPy; `fixtures/statistics/make_statistics.py` and `make_resampling.py` make them. */
export { golden, resampling };

export const condition: Int32Array = Int32Array.from(golden.condition);
export const units: number = golden.responses[0].length;
export const values: Float64Array = Float64Array.from(golden.responses.flat());

/** Moments of every condition of the golden responses. */
export function goldenMoments(): Moments[] {
  return momentsOfResponses({ values, units, condition, conditions: golden.conditions.length });
}

/** The golden responses as if every unit had been sampled. */
export function goldenSample(): { units: Uint32Array; values: Float32Array; condition: Int32Array } {
  return { units: Uint32Array.from({ length: units }, (_, i) => i), values: Float32Array.from(values), condition };
}

/** Numbers agree to `tolerance`, relative to the expected where that is larger than `scale`. */
export function close(
  actual: number | null,
  expected: number,
  { tolerance = 1e-9, scale = 1, what = "value" }: { tolerance?: number; scale?: number; what?: string } = {},
): void {
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= tolerance * Math.max(scale, Math.abs(expected)),
    `${what}: ${actual} is not ${expected} to ${tolerance}`,
  );
}

export function allClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  options: { tolerance?: number; scale?: number; what?: string } = {},
): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => close(actual[i], value, { ...options, what: `${options.what ?? "value"} ${i}` }));
}

/** A seeded generator for tests; not for anything that is measured. */
export function seeded(seed: number): { uniform(): number; normal(): number } {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return (((x ^ (x >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** Mean and standard deviation (n − 1). */
export function spreadOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
