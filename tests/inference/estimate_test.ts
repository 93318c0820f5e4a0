import assert from "node:assert/strict";
import { estimateOf, type Replicates } from "../../src/inference/mod.ts";
import { imageVariance } from "../../src/inference/replicates.ts";
import { EXCLUSIVITY, PROPORTION } from "../../src/measures/mod.ts";
import { studentQuantile } from "../../src/statistics/mod.ts";
import { close } from "../statistics/golden.ts";

const same = (value: number): Replicates => ({
  splits: new Float64Array(4).fill(value),
  deletions: new Float64Array(24).fill(value),
  blocks: 6,
});

Deno.test("exclusivity that is 1 on every split and deletion has the exact lower bound of its units, and no width of zero", () => {
  for (const units of [5, 20, 400]) {
    const { value, interval } = estimateOf({ value: 1, replicates: same(1), units }, EXCLUSIVITY, 0.95);
    assert.equal(value, 1);
    assert.equal(interval![1], 1);
    // As many units all exclusive happen in 5 % of draws at this share.
    close(interval![0] ** units, 0.05, { tolerance: 1e-9 });
    assert.ok(interval![0] < 1);
  }
});

Deno.test("exclusivity that is 1 as it stands but not without a block has a one-sided bound of Student's", () => {
  const replicates = { ...same(1), deletions: Float64Array.from({ length: 24 }, (_, i) => 1 - 0.02 * (i % 6)) };
  const { interval } = estimateOf({ value: 1, replicates, units: 10_000 }, EXCLUSIVITY, 0.95);
  const bound = 1 - studentQuantile(0.95, 5) * Math.sqrt(imageVariance(replicates));
  close(interval![0], bound, { tolerance: 1e-12 });
  assert.equal(interval![1], 1);
});

Deno.test("below 1, and for other measures, the interval is two-sided as before", () => {
  const replicates = { ...same(0.9), deletions: Float64Array.from({ length: 24 }, (_, i) => 0.9 - 0.01 * (i % 6)) };
  const { interval } = estimateOf({ value: 0.9, replicates, units: 50 }, EXCLUSIVITY, 0.95);
  const half = studentQuantile(0.975, 5) * Math.sqrt(imageVariance(replicates));
  close(interval![0], 0.9 - half, { tolerance: 1e-12 });
  close(interval![1], Math.min(1, 0.9 + half), { tolerance: 1e-12 });
  const all = estimateOf({ value: 1, replicates: same(1), units: 50 }, PROPORTION, 0.95);
  assert.deepEqual([all.interval, all.reason], [null, "every split and deletion gives the same number"]);
});
