import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bootstrapPValue,
  holm,
  normalQuantile,
  permutationPValue,
  quantile,
  studentQuantile,
} from "../../src/resampling/mod.ts";
import { allClose, close, golden } from "./golden.ts";

Deno.test("holm() agrees with NumPy, ties and zeros included", () => {
  for (const { p, holm: expected } of golden.corrections) {
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

Deno.test("permutationPValue() is that of scipy.stats.permutation_test", () => {
  for (const { observed, null: nulls, p } of golden.permutations) {
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

Deno.test("bootstrapPValue() doubles the smaller side of zero, one added to both counts", () => {
  for (const { draws, p } of golden.bootstrapPValues) close(bootstrapPValue(draws), p, { tolerance: 1e-14 });
  assert.equal(bootstrapPValue([1, 2, 3, 4, 5, 6, 7]), 2 / 8);
  assert.equal(bootstrapPValue([0, 0, 0]), 1);
  assert.equal(bootstrapPValue([]), 1);
});

Deno.test("bootstrapPValue() does not see the sign of the difference", () => {
  fc.assert(fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { maxLength: 50 }), (draws) => {
    assert.equal(bootstrapPValue(draws), bootstrapPValue(draws.map((value) => -value)));
  }));
});

Deno.test("bootstrapPValue() turns down replicates that are no numbers", () => {
  assert.throws(() => bootstrapPValue([1, NaN]), /Cannot compute a p value: found NaN; expected a number/);
});

Deno.test("holm() turns down what is no probability", () => {
  for (const wrong of [NaN, -0.1, 1.5]) {
    assert.throws(() => holm([0.5, null, wrong]), new RegExp(`Cannot correct p values: found ${wrong}; expected`));
  }
  assert.deepEqual(holm([0, 1, null]), [0, 1, null]);
});

/** A thousand replicates around a difference, at even steps of probability. */
function replicates(difference: number, quantileOf: (p: number) => number = normalQuantile): number[] {
  return Array.from({ length: 1000 }, (_, i) => difference + quantileOf((i + 0.5) / 1000));
}

Deno.test("bootstrapPValue() with degrees of freedom is below a level exactly where the interval excludes zero", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 }), fc.constantFrom(0.9, 0.95), fc.boolean(), (step, level, turn) => {
      const draws = replicates(step / 1000).map((value) => (turn ? -value : value)).sort((a, b) => a - b);
      const [low, high] = [quantile(draws, (1 - level) / 2), quantile(draws, (1 + level) / 2)];
      assert.equal(bootstrapPValue(draws, 30) < 1 - level, low > 0 || high < 0);
    }),
  );
});

Deno.test("bootstrapPValue() goes on with Student's tail where few replicates lie beyond zero, and does not jump there", () => {
  let before = 1;
  for (let step = 1; step <= 60; step++) {
    const p = bootstrapPValue(replicates(step / 10), 4);
    assert.ok(p < before && p > 0, `${step}: ${p} after ${before}`);
    if (step > 20 && step < 30) assert.ok(p > before / 1.6, `${step}: ${p} after ${before}`);
    before = p;
  }
  // Replicates that are Student's own give Student's tail, far below a count's 2/1001.
  const reach = studentQuantile(1 - 5e-7, 39);
  const p = bootstrapPValue(replicates(reach, (share) => studentQuantile(share, 39)), 39);
  assert.ok(p > 0.4e-6 && p < 2e-6, `${p}`);
  // Two degrees of freedom leave a heavy tail: nowhere near a normal one.
  assert.ok(bootstrapPValue(replicates(10), 2) > 5e-4);
  assert.ok(bootstrapPValue(replicates(1e200), 500) > 0);
});

Deno.test("bootstrapPValue() counts where replicates have no spread or are too few for a tail", () => {
  assert.equal(bootstrapPValue(new Array(1000).fill(3), 5), 2 / 1001);
  assert.equal(bootstrapPValue(new Array(1000).fill(0), 5), 1);
  assert.equal(bootstrapPValue([1, 2, 3], 5), 2 / 4);
  assert.throws(
    () => bootstrapPValue([1, 2], 0),
    /Cannot compute a p value: found 0 degrees of freedom; expected more/,
  );
});
