import assert from "node:assert/strict";
import { atLevel, conjunctionFixed, parseCriterion } from "../../src/criteria/mod.ts";
import { designOf, Half, NEAR, nearThreshold } from "../../src/localize/mod.ts";
import { type Moments, Random, studentTail, welch } from "../../src/statistics/mod.ts";
import { CONDITIONS, headerOf, imagesOf, layerOf, responsesOf } from "./made.ts";

const UNITS = 20_000, N = 12, LEVEL = 0.05;
const images = imagesOf(CONDITIONS.length, 2, 1);
const layer = layerOf(images, { values: responsesOf(images, 4), shape: [4], blocks: 2 });
const design = designOf(headerOf(images, 2, [layer]), { targets: ["faces", "words"] });

/** Moments of noise, with a few units that prefer the first condition. */
function noise(seed: number): Moments[] {
  const random = new Random(seed, "near");
  return CONDITIONS.map((_, c) => ({
    n: N,
    mean: Float64Array.from(
      { length: UNITS },
      (_, i) => random.normal() / Math.sqrt(N) + (c === 0 && i % 5 === 0 ? 1 : 0),
    ),
    m2: Float64Array.from({ length: UNITS }, () => N - 1),
  }));
}

const halfOf = (moments: readonly Moments[]): Half =>
  new Half(design, moments, { responses: () => assert.fail("nobody needs responses") });

Deno.test("nearThreshold() counts the units whose largest p is within 1 % of the level, averaged over the halves", () => {
  const halves = [noise(1), noise(2)];
  const near = nearThreshold([halfOf(halves[0]), halfOf(halves[1])], conjunctionFixed(LEVEL))!;
  design.targets.forEach((target, t) => {
    const counts = halves.map((moments) => {
      const others = moments.filter((_, k) => k !== target);
      const tests = others.map((other) => welch(moments[target], other));
      let count = 0;
      for (let i = 0; i < UNITS; i++) {
        const p = Math.max(...tests.map(({ t, df }) => t[i] > 0 ? studentTail(t[i], df[i]) : 1));
        if (p > LEVEL * (1 - NEAR) && p <= LEVEL * (1 + NEAR)) count++;
      }
      return count;
    });
    assert.equal(near[t], (counts[0] + counts[1]) / 2);
    assert.ok(near[t] > 0, `no unit of ${UNITS} is near`);
  });
});

Deno.test("nearThreshold() of a criterion that is no conjunction is null, and a level stays below a half", () => {
  const halves = [halfOf(noise(1)), halfOf(noise(2))] as const;
  assert.equal(nearThreshold(halves, parseCriterion("ratio", CONDITIONS)), null);
  assert.equal(atLevel(conjunctionFixed(0.4999), 1.01)!.conjunction!.alpha < 0.5, true);
  assert.equal(atLevel(conjunctionFixed(0.1), 0.5)!.conjunction!.alpha, 0.05);
});
