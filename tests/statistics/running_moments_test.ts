import assert from "node:assert/strict";
import fc from "fast-check";
import { type Moments, momentsOfResponses, RunningMoments } from "../../src/statistics/mod.ts";
import { allClose } from "./golden.ts";

const UNITS = 3;

/** Rows of responses: `[images, UNITS]`. */
const rows = (min: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: UNITS, maxLength: UNITS }), {
    minLength: min,
    maxLength: 12,
  });

function momentsOf(rows: readonly number[][]): Moments {
  const values = Float64Array.from(rows.flat());
  return momentsOfResponses({ values, units: UNITS, condition: new Int32Array(rows.length), conditions: 1 })[0];
}

function add(running: RunningMoments, batch: readonly number[][]): boolean {
  const { n, mean, m2 } = momentsOf(batch);
  return running.add(n, Float32Array.from(mean), Float32Array.from(m2, (value) => value / n));
}

Deno.test("RunningMoments gives the moments of all batches together, however they are cut, group after group", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(rows(1), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      (groups) => {
        const running = new RunningMoments(UNITS);
        for (const batches of groups) {
          for (const batch of batches) assert.ok(add(running, batch));
          const all = batches.flat();
          const [exact, found] = [momentsOf(all), running.finish()];
          assert.equal(found.n, exact.n);
          for (const key of ["mean", "m2"] as const) {
            allClose(found[key], [...exact[key]], { tolerance: 1e-5, scale: Math.max(1, ...exact[key].map(Math.abs)) });
          }
        }
      },
    ),
  );
});

Deno.test("RunningMoments gives zeros for a group without images", () => {
  assert.deepEqual(new RunningMoments(2).finish(), { n: 0, mean: new Float32Array(2), m2: new Float32Array(2) });
});

Deno.test("RunningMoments leaves finished groups alone and takes its numbers from batches that change later", () => {
  const running = new RunningMoments(1);
  const mean = new Float32Array([2]);
  running.add(3, mean, new Float32Array([1]));
  mean[0] = 9;
  const first = running.finish();
  running.add(1, mean, new Float32Array([0]));
  running.add(1, mean, new Float32Array([0]));
  assert.deepEqual(first, { n: 3, mean: new Float32Array([2]), m2: new Float32Array([3]) });
  assert.deepEqual(running.finish(), { n: 2, mean: new Float32Array([9]), m2: new Float32Array([0]) });
});

Deno.test("RunningMoments takes a variance below zero by rounding as zero", () => {
  const running = new RunningMoments(1);
  running.add(2, new Float32Array([1]), new Float32Array([-1e-9]));
  running.add(2, new Float32Array([1]), new Float32Array([-1e-9]));
  assert.equal(running.finish().m2[0], 0);
});

Deno.test("RunningMoments tells when a number is not finite, in the first batch and in later ones", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    for (const part of [0, 1]) {
      const arrays = [new Float32Array([1, 1]), new Float32Array([1, 1])];
      arrays[part][1] = value;
      const [mean, variance] = arrays;
      const running = new RunningMoments(2);
      assert.equal(running.add(2, mean, variance), false);
      running.finish();
      assert.equal(running.add(2, new Float32Array(2), new Float32Array(2)), true);
      assert.equal(running.add(2, mean, variance), false);
    }
  }
});

Deno.test("RunningMoments refuses batches of another size or without images", () => {
  const running = new RunningMoments(2);
  assert.throws(() => running.add(1, new Float32Array(3), new Float32Array(2)), /3 means and 2 variances of 1 images/);
  assert.throws(() => running.add(0, new Float32Array(2), new Float32Array(2)), /of 0 images; expected 2 of each/);
});
