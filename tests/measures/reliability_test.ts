import assert from "node:assert/strict";
import fc from "fast-check";
import { depthSlope, diceByChance, foldDice, measured, momentsOfResponses } from "../../src/measures/mod.ts";
import { allClose, close, golden, goldenMoments, units, values } from "../localizer/golden.ts";

Deno.test("foldDice() is twice the overlap over both", () => {
  assert.equal(foldDice(Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 0, 1, 0)), 0.5);
  assert.equal(foldDice(Uint8Array.of(1, 1), Uint8Array.of(1, 1)), 1);
  assert.equal(foldDice(Uint8Array.of(1, 0), Uint8Array.of(0, 0)), 0);
  assert.equal(foldDice(new Uint8Array(3), new Uint8Array(3)), null);
  assert.throws(() => foldDice(new Uint8Array(3), new Uint8Array(2)), /3 and 2 units/);
});

Deno.test("foldDice() agrees with SciPy to 1e-12", () => {
  assert.equal(golden.foldDice.length, 3);
  for (const { a, b, dice } of golden.foldDice) {
    close(foldDice(Uint8Array.from(a), Uint8Array.from(b)), dice, { tolerance: 1e-12 });
  }
});

Deno.test("diceByChance() is what random selections of the same sizes share", () => {
  assert.equal(diceByChance(10, 10, 100), 0.1);
  assert.equal(diceByChance(10, 30, 100), 2 * 3 / 40);
  assert.equal(diceByChance(7, 7, 7), 1);
  assert.equal(diceByChance(0, 0, 9), null);
  assert.throws(() => diceByChance(3, 10, 9), /expected 9 at most/);
});

Deno.test("depthSlope() agrees with SciPy to 1e-12 and leaves null taps out", () => {
  const { depths, values: rising, slope, rank } = golden.trend;
  const actual = depthSlope({ depths, values: rising });
  close(actual.slope.value, slope, { tolerance: 1e-12 });
  close(actual.rank.value, rank, { tolerance: 1e-12 });
  assert.deepEqual(depthSlope({ depths: [...depths, 0.5], values: [...rising, null] }), actual);
});

Deno.test("depthSlope() says why there is no trend", () => {
  assert.match(depthSlope({ depths: [0, 0.5], values: [1, null] }).slope.reason!, /fewer than two depths/);
  assert.match(depthSlope({ depths: [0.5, 0.5], values: [1, 2] }).rank.reason!, /fewer than two depths/);
  const flat = depthSlope({ depths: [0, 0.5, 1], values: [2, 2, 2] });
  assert.equal(flat.slope.value, 0);
  assert.match(flat.rank.reason!, /the same at every depth/);
  assert.throws(() => depthSlope({ depths: [0], values: [] }), /expected one each/);
});

Deno.test("momentsOfResponses() is mean and variance by group; −1 leaves an image out", () => {
  const data = Float32Array.of(1, 10, 2, 10, 6, 10, 100, 7);
  const [a, b, c] = momentsOfResponses({
    values: data,
    units: 2,
    condition: Int32Array.of(0, 0, 2, -1),
    conditions: 3,
  });
  assert.deepEqual([a.n, [...a.mean], [...a.m2]], [2, [1.5, 10], [0.5, 0]]);
  assert.deepEqual([b.n, [...b.mean], [...b.m2]], [0, [0, 0], [0, 0]]);
  assert.deepEqual([c.n, [...c.mean], [...c.m2]], [1, [6, 10], [0, 0]]);
});

Deno.test("momentsOfResponses() with weights is that of images repeated as often", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 }), (weights) => {
      const condition = Int32Array.from({ length: 12 }, (_, i) => i % 3);
      const some = values.subarray(0, 12 * units);
      const weighted = momentsOfResponses({ values: some, units, condition, conditions: 3, weights });
      const rows = weights.flatMap((times, i) => new Array(times).fill(i) as number[]);
      const repeated = momentsOfResponses({
        values: Float64Array.from(
          { length: rows.length * units },
          (_, at) => some[rows[Math.floor(at / units)] * units + at % units],
        ),
        units,
        condition: Int32Array.from(rows, (row) => condition[row]),
        conditions: 3,
      });
      weighted.forEach(({ n, mean, m2 }, c) => {
        assert.equal(n, repeated[c].n);
        allClose(mean, [...repeated[c].mean], { tolerance: 1e-12 });
        allClose(m2, [...repeated[c].m2], { tolerance: 1e-11 });
      });
    }),
    { seed: 1, numRuns: 30 },
  );
});

Deno.test("momentsOfResponses() keeps a constant unit at exactly no variance", () => {
  const constant = Float32Array.from({ length: 700 }, () => 0.1);
  const [{ mean, m2 }] = momentsOfResponses({
    values: constant,
    units: 100,
    condition: new Int32Array(7),
    conditions: 1,
    weights: [3, 1, 0, 2, 1, 1, 7],
  });
  assert.ok(m2.every((value) => value === 0) && mean.every((value) => value === Math.fround(0.1)));
  assert.equal(goldenMoments()[0].m2[1], 0);
});

Deno.test("momentsOfResponses() refuses what does not fit", () => {
  const input = { values: new Float32Array(6), units: 2, condition: Int32Array.of(0, 1, 0), conditions: 2 };
  assert.throws(() => momentsOfResponses({ ...input, units: 3 }), /expected 3 images × 3 units/);
  assert.throws(() => momentsOfResponses({ ...input, weights: [1] }), /1 weights/);
  assert.throws(() => momentsOfResponses({ ...input, conditions: 1 }), /image 1 is in group 1; expected −1 to 0/);
});

Deno.test("a measure that is not finite is null with a reason", () => {
  assert.deepEqual(measured(2), { value: 2 });
  assert.deepEqual(measured(NaN).value, null);
  assert.match(measured(Infinity).reason!, /too large/);
});
