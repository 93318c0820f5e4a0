import assert from "node:assert/strict";
import fc from "fast-check";
import { gini } from "../../src/measures/_evenness.ts";
import { close } from "../statistics/golden.ts";

/** The mean difference of all pairs, over twice the mean. */
function byPairs(values: ArrayLike<number>): number {
  const own = Array.from(values);
  const total = own.reduce((sum, value) => sum + value, 0);
  const differences = own.flatMap((a) => own.map((b) => Math.abs(a - b))).reduce((sum, value) => sum + value, 0);
  return differences / (2 * own.length * total);
}

Deno.test("gini() is the mean difference of all pairs over twice the mean, of few and many, small and large values", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(5), fc.nat(40), fc.nat(5000)), { minLength: 1, maxLength: 40 })
        .filter((values) => values.some((value) => value > 0)),
      (values) => {
        const expected = byPairs(values);
        close(gini(Uint32Array.from(values)), expected, { tolerance: 1e-12 });
        close(gini(Float64Array.from(values, (value) => value / 7)), expected, { tolerance: 1e-12 });
      },
    ),
    { seed: 2, numRuns: 400 },
  );
});

Deno.test("gini() is 0 where values are equal, and (n − 1)/n where one has all", () => {
  assert.equal(gini(Uint32Array.of(3, 3, 3, 3)), 0);
  close(gini(Uint32Array.of(0, 0, 900, 0)), 0.75, { tolerance: 1e-15 });
  close(gini(Float64Array.of(0, 0, 0, 0, 2.5)), 0.8, { tolerance: 1e-15 });
});
