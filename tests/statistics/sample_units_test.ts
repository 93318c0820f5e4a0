import assert from "node:assert/strict";
import fc from "fast-check";
import { sampleUnits } from "../../src/statistics/mod.ts";

Deno.test("sampleUnits() draws distinct units of the layer in ascending order", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 5000 }),
    fc.integer({ min: 1, max: 6000 }),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fc.string(),
    (units, count, seed, layer) => {
      const drawn = sampleUnits(units, count, seed, layer);
      assert.equal(drawn.length, Math.min(units, count));
      assert.ok(drawn.every((unit, i) => unit < units && (i === 0 || unit > drawn[i - 1])));
    },
  ));
});

Deno.test("sampleUnits() draws the same units every time, and others for another seed or layer", () => {
  const drawn = sampleUnits(802816, 5, 0, "relu");
  assert.deepEqual(drawn, sampleUnits(802816, 5, 0, "relu"));
  assert.deepEqual([...drawn], [250269, 380773, 405087, 438948, 754659]);
  assert.notDeepEqual(drawn, sampleUnits(802816, 5, 1, "relu"));
  assert.notDeepEqual(drawn, sampleUnits(802816, 5, 0, "layer1.0"));
});

Deno.test("sampleUnits() draws every unit equally often", () => {
  const units = 40;
  const counts = new Float64Array(units);
  const seeds = 4000;
  for (let seed = 0; seed < seeds; seed++) for (const unit of sampleUnits(units, 10, seed, "layer")) counts[unit]++;
  const expected = seeds * 10 / units;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 39 degrees of freedom; drawing without replacement only makes it smaller. The seeds are fixed, so this cannot flicker.
  assert.ok(chiSquare < 62.4, `${chiSquare}`);
});

Deno.test("sampleUnits() takes every unit of a small layer", () => {
  assert.deepEqual(sampleUnits(4, 4096, 9, "pool"), new Uint32Array([0, 1, 2, 3]));
});

Deno.test("sampleUnits() refuses a layer without units and a count that is no count", () => {
  assert.throws(() => sampleUnits(0, 5, 0, "relu"), /Cannot sample units of "relu": it has 0/);
  assert.throws(() => sampleUnits(10, 2.5, 0, "relu"), /Cannot sample 2\.5 units of "relu"; expected a whole number/);
});
