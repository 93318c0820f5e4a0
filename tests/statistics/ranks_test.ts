import assert from "node:assert/strict";
import fc from "fast-check";
import { nthLargest } from "../../src/statistics/nth_largest.ts";
import {
  ascendingOrder,
  doubledRanks,
  meanOf,
  pearson,
  quantile,
  ranks,
  ranksInOrder,
} from "../../src/statistics/mod.ts";
import { allClose, close, golden, resampling, seeded } from "./golden.ts";

Deno.test("ranks() shares the rank of equals, and pearson() of ranks is Spearman's correlation", () => {
  assert.deepEqual([...ranks([3, 1, 3, 3, 0])], [4, 2, 4, 4, 1]);
  assert.deepEqual([...ranks([])], []);
  const { depths, values, rank } = golden.trend;
  close(pearson(ranks(depths), ranks(values)), rank, { tolerance: 1e-12 });
  assert.equal(pearson(ranks([1, 1, 1]), ranks([1, 2, 3])), null);
  assert.equal(pearson(ranks([1]), ranks([2])), null);
});

/** Ranks by their definition: how many are smaller, and half of the others that are equal. */
function ranksByCounting(values: ArrayLike<number>): number[] {
  const all = Array.from(values);
  return all.map((value) =>
    all.filter((other) => other < value).length + (all.filter((other) => other === value).length + 1) / 2
  );
}

Deno.test("ranks() are those of the definition in float32 and float64, few and many, signs, zeros and ties", () => {
  const { normal } = seeded(3);
  for (const count of [1, 2, 40, 255, 256, 257, 700]) {
    const values = Float32Array.from({ length: count }, (_, i) => i % 3 === 0 ? Math.round(2 * normal()) : normal());
    if (count > 4) values.set([0, -0, 1e-45, -1e-45]);
    const expected = ranksByCounting(values);
    assert.deepEqual([...ranks(values)], expected);
    assert.deepEqual([...ranks(Float64Array.from(values))], expected);
  }
});

Deno.test("ranks() reads a part of a larger array in its place", () => {
  const whole = Float32Array.from({ length: 900 }, (_, i) => (i * 7) % 11 - 5);
  assert.deepEqual([...ranks(whole.subarray(1, 801))], ranksByCounting(whole.slice(1, 801)));
  assert.deepEqual([...ranks(Float32Array.of(9, 0.5, 0.1, 0.5).subarray(1))], [2.5, 1, 2.5]);
});

Deno.test("pearson() does not see shift or scale, and has no value where a side is constant", () => {
  const { normal } = seeded(2);
  const a = Float64Array.from({ length: 30 }, normal);
  const b = a.map((value) => value + normal());
  const plain = pearson(a, b)!;
  assert.ok(plain > 0.3 && plain < 1);
  close(pearson(a.map((value) => 5 - 3 * value), b), -plain, { tolerance: 1e-12 });
  close(pearson(Float64Array.of(1, 2, 4), Float64Array.of(1, 3, 2)), 0.3273268353539886, { tolerance: 1e-14 });
  assert.equal(pearson(Float64Array.of(1, 1), Float64Array.of(1, 2)), null);
  assert.throws(() => pearson(a, b.subarray(1)), /Cannot correlate 30 with 29/);
});

Deno.test("nthLargest() is the one that sorting finds, ties and infinities included", () => {
  const numbers = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
  fc.assert(fc.property(fc.array(numbers, { minLength: 1, maxLength: 60 }), fc.nat(), (list, n) => {
    const at = n % list.length;
    // Sums make both zeros the same.
    assert.equal(nthLargest(Float64Array.from(list), at + 1) + 0, list.toSorted((a, b) => b - a)[at] + 0);
  }));
});

Deno.test("meanOf() is the mean of what is there, and null of nothing", () => {
  assert.equal(meanOf([1, null, 4, undefined]), 2.5);
  assert.equal(meanOf(Float64Array.of(1, 2)), 1.5);
  assert.deepEqual([meanOf([]), meanOf([null])], [null, null]);
});

Deno.test("quantile() agrees with NumPy", () => {
  for (const { values, p, quantile: expected } of resampling.quantiles) {
    allClose(p.map((own) => quantile(values, own)), expected, { tolerance: 1e-14 });
  }
});

Deno.test("quantile() keeps to the ends and needs a value", () => {
  assert.equal(quantile([1, 2, 4], -0.2), 1);
  assert.equal(quantile([1, 2, 4], 1.2), 4);
  assert.throws(() => quantile([], 0.5), /Cannot take a quantile: found no values; expected at least one/);
});

Deno.test("ranksInOrder() ranks some of the values among themselves", () => {
  const { normal } = seeded(4);
  const values = Float32Array.from({ length: 600 }, (_, i) => i % 3 === 0 ? Math.round(2 * normal()) : normal());
  const order = ascendingOrder(values);
  const kept = [...values.keys()].filter((i) => i % 7 !== 0 && i < 500);
  const places = new Int32Array(values.length).fill(-1);
  kept.forEach((i, place) => places[i] = place);
  const found = ranksInOrder(order, { places, count: kept.length });
  assert.deepEqual([...found], ranksByCounting(kept.map((i) => values[i])));
  assert.deepEqual(ranksInOrder(order), ranks(values));
  assert.deepEqual([...ranksInOrder(order, { places: places.fill(-1), count: 0 })], []);
});

Deno.test("doubledRanks() are twice the ranks, in as few bytes as hold them, and rank as the values do", () => {
  const { normal } = seeded(5);
  for (const count of [0, 3, 300, 32_767, 32_768]) {
    const values = Float32Array.from({ length: count }, (_, i) => i % 4 === 0 ? Math.round(normal()) : normal());
    const doubled = doubledRanks(values);
    assert.equal(doubled.BYTES_PER_ELEMENT, count < 32_768 ? 2 : 4);
    assert.deepEqual(Array.from(doubled, (each) => each / 2), [...ranks(values)]);
    assert.deepEqual(ranksInOrder(ascendingOrder(doubled)), ranks(values));
  }
});
