import assert from "node:assert/strict";
import { halfMoments, HalfPooling, layerNoise, type Split, withinConditions } from "../../src/localize/mod.ts";
import { type Moments, momentsOfResponses, type Screen, unitsOf } from "../../src/statistics/mod.ts";
import { allClose, close } from "../statistics/golden.ts";
import { imagesOf, layerOf, responsesOf } from "./made.ts";

const UNITS = 20;
const BLOCKS = 4;
const images = imagesOf(3, BLOCKS, 5).filter(({ condition, block, id }) =>
  // Groups of different sizes; the last condition has no image in block 2.
  !(condition === 2 && block === 2) && !(condition === 1 && block === 0 && Number(id) > 30)
);
const values = responsesOf(images, UNITS);
const { moments } = layerOf(images, { values, shape: [UNITS], blocks: BLOCKS });
const split: Split = [0, 1, 1, 0];

/** Moments of the images that a half keeps, straight from their responses. */
function direct(half: number, without = -1): Moments[] {
  return momentsOfResponses({
    values,
    units: UNITS,
    condition: Int32Array.from(
      images,
      ({ condition, block }) => split[block] === half && block !== without ? condition : -1,
    ),
    conditions: 3,
  });
}

Deno.test("halfMoments() are the moments of the responses to the same images", () => {
  for (const half of [0, 1] as const) {
    const found = halfMoments(moments, { split, half });
    direct(half).forEach(({ n, mean, m2 }, c) => {
      assert.equal(found[c].n, n);
      allClose(found[c].mean, [...mean], { tolerance: 1e-12 });
      allClose(found[c].m2, [...m2], { tolerance: 1e-11 });
    });
  }
});

Deno.test("halfMoments() without a block keep their nominal number of images, and the variance of what is left", () => {
  for (const [half, without] of [[0, 0], [0, 3], [1, 1], [1, 2]] as const) {
    const found = halfMoments(moments, { split, half, without });
    const whole = direct(half);
    direct(half, without).forEach(({ n, mean, m2 }, c) => {
      // Nothing stands for a condition of which nothing is left.
      assert.equal(found[c].n, n === 0 ? 0 : whole[c].n, `condition ${c} without block ${without}`);
      allClose(found[c].mean, [...mean], { tolerance: 1e-12 });
      allClose(found[c].m2, [...m2].map((sum) => n === 0 ? 0 : sum * whole[c].n / n), { tolerance: 1e-11 });
    });
  }
});

Deno.test("halfMoments() of the other half do not change where a block is left out", () => {
  const found = halfMoments(moments, { split, half: 1, without: 0 });
  assert.deepEqual(found, halfMoments(moments, { split, half: 1 }));
});

Deno.test("halfMoments() are empty where a half has no image, or none but those left out", () => {
  const own = moments.map((blocks) => blocks.slice(0, 2));
  const none = { n: 0, mean: new Float64Array(UNITS), m2: new Float64Array(UNITS) };
  for (const each of halfMoments(own, { split: [0, 1], half: 1, without: 1 })) assert.deepEqual(each, none);
  for (const each of halfMoments(own, { split: [0, 0], half: 1 })) assert.deepEqual(each, none);
});

Deno.test("a unit that is constant in a half is dead there exactly, whatever its level and the blocks left out", () => {
  const constant = Float32Array.from({ length: images.length * 4 }, (_, at) => [0.1, 1e4 / 3, -1e-30, 0][at % 4]);
  for (const narrow of [false, true]) {
    const recorded = layerOf(images, { values: constant, shape: [4], blocks: BLOCKS }).moments.map((blocks) =>
      blocks.map((own) => narrow ? { n: own.n, mean: Float32Array.from(own.mean), m2: Float32Array.from(own.m2) } : own)
    );
    for (const without of [undefined, 0, 3]) {
      for (const { mean, m2 } of halfMoments(recorded, { split, half: 0, without })) {
        assert.deepEqual([...m2], [0, 0, 0, 0]);
        assert.deepEqual([...mean], [0.1, 1e4 / 3, -1e-30, 0].map(Math.fround));
      }
    }
  }
});

Deno.test("layerNoise() is the root of the variance within conditions, averaged over units", () => {
  const own = [...direct(0), ...direct(1)];
  const freedom = own.reduce((sum, { n }) => sum + n - 1, 0);
  const units = own[0].m2.length;
  const perUnit = Array.from({ length: units }, (_, u) => own.reduce((sum, { m2 }) => sum + m2[u], 0) / freedom);
  close(layerNoise(withinConditions(own)), Math.sqrt(perUnit.reduce((sum, variance) => sum + variance, 0) / units), {
    tolerance: 1e-12,
  });
});

Deno.test("layerNoise() does not change with what units prefer, however many do", () => {
  const own = [...direct(0), ...direct(1)];
  const moved = own.map(({ n, mean, m2 }, i) => ({
    n,
    mean: Float64Array.from(mean, (x, u) => x + 5 * i * (u % 2)),
    m2,
  }));
  assert.equal(layerNoise(withinConditions(moved)), layerNoise(withinConditions(own)));
});

Deno.test("layerNoise() is 0 where nothing varies or no group has two images, and such groups do not count", () => {
  const group = (n: number, mean: number[], m2: number[]): Moments => ({
    n,
    mean: Float64Array.from(mean),
    m2: Float64Array.from(m2),
  });
  assert.equal(layerNoise(withinConditions([])), 0);
  assert.equal(layerNoise(withinConditions([group(0, [3, 4], [1, 1])])), 0);
  assert.equal(layerNoise(withinConditions([group(2, [3, 3], [0, 0]), group(4, [3, 5], [0, 0])])), 0);
  assert.equal(layerNoise(withinConditions([group(1, [1, 3], [0, 0]), group(1, [3, 1], [0, 0])])), 0);
  // Variances of 3 and 1 in one condition, 0 and 4 in the other, each of one degree of freedom.
  close(
    layerNoise(withinConditions([group(2, [0, 0], [3, 1]), group(0, [99, 99], [5, 5]), group(2, [9, 9], [0, 4])])),
    Math.sqrt(2),
  );
  close(layerNoise(withinConditions([group(2, [1, 1], [-1e-9, 4])])), Math.sqrt(2));
  const halves = [[group(2, [0, 0], [3, 1])], [group(2, [9, 9], [0, 4])]] as const;
  close(layerNoise(...halves.map(withinConditions)), layerNoise(withinConditions(halves.flat())));
});

Deno.test("moments that are put together later are the same, and so are the units that are found on the way", () => {
  const screens: Screen[] = [true, false].map((above) => ({
    condition: 0,
    above,
    tests: [{ other: 1, scales: [0.01, 0.02], leastSquare: 0.5 }],
  }));
  for (const without of [undefined, 0]) {
    const now = new HalfPooling(moments, { split, half: 0, without });
    const later = new HalfPooling(moments, { split, half: 0, without });
    const pooled = now.pool(screens);
    const postponed = later.poolLater(screens);
    assert.ok(pooled.screened[1].units.length > 2);
    assert.deepEqual(postponed.screened, pooled.screened);
    assert.deepEqual(postponed.moments.map(({ n, mean, m2 }) => ({ n, mean, m2 })), pooled.moments);
    assert.deepEqual(postponed.moments.map(unitsOf), [UNITS, UNITS, UNITS]);
  }
});
