import assert from "node:assert/strict";
import fc from "fast-check";
import { permutedLabels, stratifiedQuarters, stratifiedWeights } from "../../src/resampling/mod.ts";

const strataLists = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 30 });

function countIn(values: ArrayLike<number>, strata: readonly number[]): Map<number, number> {
  const sums = new Map<number, number>();
  strata.forEach((stratum, i) => sums.set(stratum, (sums.get(stratum) ?? 0) + values[i]));
  return sums;
}

Deno.test("stratifiedWeights() resample every stratum to its own size", () => {
  fc.assert(fc.property(strataLists, fc.integer({ min: 1, max: 5 }), (strata, replicates) => {
    const weights = stratifiedWeights(strata, replicates, 3);
    assert.equal(weights.length, replicates * strata.length);
    const sizes = countIn(strata.map(() => 1), strata);
    for (let r = 0; r < replicates; r++) {
      const row = weights.subarray(r * strata.length, (r + 1) * strata.length);
      assert.ok(row.every((weight) => Number.isInteger(weight) && weight >= 0));
      assert.deepEqual(countIn(row, strata), sizes);
    }
  }));
});

Deno.test("stratifiedWeights() are the same for the same strata and seed, and extend what fewer replicates give", () => {
  const strata = [0, 0, 0, 1, 1, 2, 2, 2, 2];
  assert.deepEqual(stratifiedWeights(strata, 20, 5), stratifiedWeights(Int32Array.from(strata), 20, 5));
  assert.notDeepEqual(stratifiedWeights(strata, 20, 5), stratifiedWeights(strata, 20, 6));
  assert.deepEqual(
    stratifiedWeights(strata, 20, 5).subarray(0, 5 * strata.length),
    stratifiedWeights(strata, 5, 5),
  );
});

Deno.test("stratifiedWeights() have the mean and variance of sampling with replacement", () => {
  const strata = new Array(10).fill(0);
  const weights = stratifiedWeights(strata, 2000, 1);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const variance = weights.reduce((sum, weight) => sum + (weight - 1) ** 2, 0) / weights.length;
  assert.equal(mean, 1);
  assert.ok(Math.abs(variance - 0.9) < 0.03, String(variance));
});

Deno.test("stratifiedWeights() leave a stratum of one image as it is", () => {
  assert.deepEqual(stratifiedWeights([0, 1, 2], 2, 1), Float32Array.of(1, 1, 1, 1, 1, 1));
});

Deno.test("permutedLabels() keep how often each label occurs in each stratum", () => {
  fc.assert(fc.property(strataLists, fc.integer({ min: 1, max: 4 }), (strata, permutations) => {
    const labels = strata.map((_, i) => i % 3);
    const permuted = permutedLabels(labels, strata, permutations, 2);
    assert.equal(permuted.length, permutations * strata.length);
    const count = (own: ArrayLike<number>): string[] => strata.map((stratum, i) => `${stratum} ${own[i]}`).sort();
    for (let p = 0; p < permutations; p++) {
      assert.deepEqual(count(permuted.subarray(p * strata.length, (p + 1) * strata.length)), count(labels));
    }
  }));
});

Deno.test("permutedLabels() are seeded, and any label comes to any image of its stratum", () => {
  const labels = [0, 1, 2, 3, 0, 1];
  const strata = [0, 0, 0, 0, 1, 1];
  const permuted = permutedLabels(labels, strata, 400, 4);
  assert.deepEqual(permuted, permutedLabels(labels, strata, 400, 4));
  assert.notDeepEqual(permuted, permutedLabels(labels, strata, 400, 5));
  const share = (image: number, label: number): number =>
    Array.from({ length: 400 }, (_, p) => permuted[6 * p + image]).filter((own) => own === label).length / 400;
  for (let image = 0; image < 4; image++) {
    for (let label = 0; label < 4; label++) assert.ok(Math.abs(share(image, label) - 0.25) < 0.09);
  }
  assert.ok(Math.abs(share(4, 0) - 0.5) < 0.1);
});

Deno.test("stratifiedQuarters() deal every stratum out evenly, ascending, the same for the same seed", () => {
  const strata = Array.from({ length: 48 }, (_, i) => i % 3);
  const splits = stratifiedQuarters(strata, 6, 1);
  assert.equal(splits.length, 6);
  for (const quarters of splits) {
    assert.deepEqual(quarters.flatMap((quarter) => [...quarter]).sort((a, b) => a - b), [...strata.keys()]);
    for (const quarter of quarters) {
      assert.deepEqual(quarter, quarter.slice().sort());
      for (let s = 0; s < 3; s++) assert.equal(quarter.filter((image) => strata[image] === s).length, 4);
    }
  }
  assert.deepEqual(stratifiedQuarters(strata, 6, 1), splits);
  assert.notDeepEqual(stratifiedQuarters(strata, 6, 2), splits);
});

Deno.test("stratifiedQuarters() keep halves even where strata are small", () => {
  for (const [a, b, c, d] of stratifiedQuarters([0, 0, 1, 1, 2, 2, 3, 3], 20, 3)) {
    assert.deepEqual([a.length + b.length, c.length + d.length], [4, 4]);
    const half = [...a, ...b].map((image) => image >> 1);
    assert.equal(new Set(half).size, 4, "each half has an image of every stratum");
  }
});

Deno.test("half the difference between halves of stratifiedQuarters() has the standard error of a mean", () => {
  const values = Array.from({ length: 40 }, (_, i) => Math.sin(3 * i) + (i % 7) / 3);
  const mean = values.reduce((sum, value) => sum + value, 0) / 40;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 39 / 40);
  const meanOf = (images: number[]) => images.reduce((sum, i) => sum + values[i], 0) / images.length;
  const differences = stratifiedQuarters(values.map(() => 0), 3000, 1)
    .map(([a, b, c, d]) => (meanOf([...a, ...b]) - meanOf([...c, ...d])) / 2);
  const spread = Math.sqrt(differences.reduce((sum, own) => sum + own ** 2, 0) / differences.length);
  assert.ok(Math.abs(spread / error - 1) < 0.06, `${spread} is not ${error}`);
});

Deno.test("draws turn down counts that are no positive whole number", () => {
  for (const count of [0, -1, 1.5, NaN]) {
    assert.throws(() => stratifiedWeights([0], count, 1), {
      name: "RangeError",
      message: `Cannot draw bootstrap weights: found a count of ${count}; expected an integer of at least 1`,
    });
    assert.throws(() => permutedLabels([0], [0], count, 1), /Cannot draw permuted labels/);
    assert.throws(() => stratifiedQuarters([0], count, 1), /Cannot draw quarters: found a count/);
  }
});
