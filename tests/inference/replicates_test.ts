import assert from "node:assert/strict";
import {
  differenceVariance,
  imageVariance,
  type Replicates,
  replicatesOf,
  sampleVariance,
  studentInterval,
  studentP,
  varianceParts,
  weightedSum,
} from "../../src/inference/replicates.ts";
import { estimateOf } from "../../src/inference/mod.ts";
import { DPRIME, type MeasureDescription, PROPORTION } from "../../src/measures/mod.ts";
import { studentQuantile } from "../../src/statistics/mod.ts";
import { allClose, close } from "../statistics/golden.ts";
import golden from "./replicates_golden.json" with { type: "json" };

function made(splits: readonly number[], deletions: readonly number[], blocks: number): Replicates {
  return { splits: Float64Array.from(splits), deletions: Float64Array.from(deletions), blocks };
}

Deno.test("the parts of a variance over images agree with NumPy", () => {
  assert.equal(golden.cases.length, 4);
  for (const { splits, deletions, blocks, jackknife, excess, ...expected } of golden.cases) {
    const replicates = made(splits, deletions, blocks);
    const parts = varianceParts(replicates);
    const options = { tolerance: 1e-12, scale: 0 };
    close(parts.jackknife, jackknife, { ...options, what: "jackknife" });
    close(parts.excess, excess, { ...options, what: "excess" });
    close(parts.splits, expected.between, { ...options, what: "splits" });
    close(imageVariance(replicates), expected.image, { ...options, what: "image" });
    close(differenceVariance(replicates), expected.difference, { ...options, what: "difference" });
  }
});

Deno.test("a variance over images by hand: two splits, four blocks", () => {
  // Rows 1 ± 1 and 3 ± 1 deviate from their means alike: no excess. Splits 1 and 3: variance 2, of their mean 1.
  const alike = made([1, 3], [0, 2, 0, 2, 2, 4, 2, 4], 4);
  assert.deepEqual(varianceParts(alike), { jackknife: 3, excess: 0, splits: 1 });
  assert.deepEqual([imageVariance(alike), differenceVariance(alike)], [4, 4]);
  // Deviations of opposite sign: the mean of each block is 0, and all of the spread is excess. Never below half the jackknife.
  const opposed = made([2, 2], [1, 3, 1, 3, 3, 1, 3, 1], 4);
  assert.deepEqual(varianceParts(opposed), { jackknife: 0, excess: 3, splits: 0 });
  assert.equal(imageVariance(opposed), 0);
  // One split has no spread over splits, and no excess that could be known.
  assert.deepEqual(varianceParts(made([5], [4, 6], 2)), { jackknife: 1, excess: 0, splits: 0 });
});

Deno.test("a weighted sum is one of every replicate, cut to the fewest splits", () => {
  const a = made([1, 2, 3], [1, 2, 3, 4, 5, 6], 2);
  const b = made([10, 20], [1, 1, 1, 2], 2);
  const sum = weightedSum([{ replicates: a, weight: 2 }, { replicates: b, weight: -1 }])!;
  assert.deepEqual([...sum.splits], [-8, -16]);
  assert.deepEqual([...sum.deletions], [1, 3, 5, 6]);
  assert.equal(sum.blocks, 2);
});

Deno.test("a weighted sum needs parts, all with replicates", () => {
  assert.equal(weightedSum([]), null);
  const own = made([1], [1, 2], 2);
  assert.equal(weightedSum([{ replicates: own, weight: 1 }, { replicates: null, weight: 1 }]), null);
});

Deno.test("replicates that do not define a number take the mean of the others, a deletion that of its split", () => {
  const splits = Float64Array.from({ length: 10 }, (_, s) => s === 9 ? NaN : s);
  const deletions = Float64Array.from({ length: 40 }, (_, i) => i === 5 ? NaN : i);
  const filled = replicatesOf(splits, deletions, 4)!;
  assert.deepEqual([...filled.splits.subarray(7)], [7, 8, 4]);
  assert.deepEqual([...filled.deletions.subarray(4, 8)], [4, (4 + 6 + 7) / 3, 6, 7]);
  assert.ok(Number.isNaN(deletions[5]), "what was given stays as it is");
});

Deno.test("a split of which no deletion is defined takes its own number", () => {
  const splits = Float64Array.from({ length: 10 }, (_, s) => s);
  const deletions = Float64Array.from({ length: 40 }, (_, i) => i >= 8 && i < 12 ? NaN : 100);
  assert.deepEqual([...replicatesOf(splits, deletions, 4)!.deletions.subarray(8, 12)], [2, 2, 2, 2]);
});

Deno.test("there are no replicates where fewer than nine tenths are defined, or nothing was deleted", () => {
  const ten = new Float64Array(10).fill(1);
  const forty = new Float64Array(40).fill(1);
  assert.notEqual(replicatesOf(ten, forty, 4), null);
  assert.equal(replicatesOf(ten.map((value, i) => i < 2 ? NaN : value), forty, 4), null);
  assert.equal(replicatesOf(ten, forty.map((value, i) => i < 5 ? NaN : value), 4), null);
  assert.notEqual(replicatesOf(ten, forty.map((value, i) => i < 4 ? NaN : value), 4), null);
  assert.equal(replicatesOf(ten, new Float64Array(0), 4), null);
  assert.equal(replicatesOf(new Float64Array(0), forty, 4), null);
});

Deno.test("studentInterval() and studentP() agree with SciPy", () => {
  for (const { value, variance, df, level, interval, p } of golden.student) {
    const what = `${value} ± √${variance}, ${df} degrees`;
    allClose(studentInterval(value, { variance, df, level }), interval, { tolerance: 1e-9, what });
    close(studentP(value, variance, df), p, { tolerance: 1e-9, scale: 1e-6, what });
  }
});

Deno.test("the interval of a proportion is symmetric on the square-root scale, and every interval keeps to its range", () => {
  const replicates = made([0.03, 0.05], [0.035, 0.045, 0.03, 0.05, 0.05, 0.03, 0.05, 0.03], 4);
  const deviation = Math.sqrt(imageVariance(replicates));
  const t = studentQuantile(0.975, 3);
  const of = (value: number, measure: MeasureDescription) => estimateOf({ value, replicates }, measure, 0.95).interval!;
  const half = t * deviation / (2 * Math.sqrt(0.25));
  allClose(of(0.25, PROPORTION), [(0.5 - half) ** 2, (0.5 + half) ** 2], { tolerance: 1e-12 });
  allClose(of(0.25, DPRIME), [0.25 - t * deviation, 0.25 + t * deviation], { tolerance: 1e-12 });
  assert.equal(of(1e-4, PROPORTION)[0], 0);
  assert.equal(of(0.99, PROPORTION)[1], 1);
});

Deno.test("a number without variance has no p value, and a list of one no variance", () => {
  assert.equal(studentP(3, 0, 9), null);
  assert.equal(sampleVariance([4]), 0);
  assert.equal(sampleVariance([1, 3]), 2);
});
