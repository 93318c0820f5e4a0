import assert from "node:assert/strict";
import fc from "fast-check";
import { holm, permutationPValue } from "../../src/statistics/mod.ts";
import { allClose, close, resampling } from "./golden.ts";

Deno.test("holm() agrees with NumPy, ties and zeros included", () => {
  for (const { p, holm: expected } of resampling.corrections) {
    allClose(holm(p).map((value) => value ?? NaN), expected, { tolerance: 1e-14, scale: 0 });
  }
});

Deno.test("holm() leaves out what was not tested", () => {
  assert.deepEqual(holm([null, 0.02, null, 0.01]), [null, 0.02, null, 0.02]);
  assert.deepEqual(holm([null, null]), [null, null]);
  assert.deepEqual(holm([]), []);
});

Deno.test("holm() never lowers a p value, never passes 1 and keeps the order of the p values", () => {
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (p) => {
    const corrected = holm(p) as number[];
    p.forEach((own, i) => {
      assert.ok(corrected[i] >= own && corrected[i] <= 1);
      p.forEach((other, j) => own < other && assert.ok(corrected[i] <= corrected[j]));
    });
  }));
});

Deno.test("holm() turns down what is no probability", () => {
  for (const wrong of [NaN, -0.1, 1.5]) {
    assert.throws(() => holm([0.5, null, wrong]), new RegExp(`Cannot correct p values: found ${wrong}; expected`));
  }
  assert.deepEqual(holm([0, 1, null]), [0, 1, null]);
});

Deno.test("permutationPValue() is that of scipy.stats.permutation_test", () => {
  for (const { observed, null: nulls, p } of resampling.permutations) {
    close(permutationPValue(observed, nulls), p, { tolerance: 1e-14 });
  }
});

Deno.test("permutationPValue() counts the observation itself, so that it is never 0", () => {
  assert.equal(permutationPValue(5, [1, 2, 3, 4]), 1 / 5);
  assert.equal(permutationPValue(3, [1, 2, 3, 4]), 3 / 5);
  assert.equal(permutationPValue(0, [0, 0]), 1);
  assert.equal(permutationPValue(5, []), 1);
});

Deno.test("permutationPValue() turns down an observation that is no number", () => {
  assert.throws(() => permutationPValue(NaN, [1, 2]), /Cannot compute a p value: found NaN; expected a number/);
});
