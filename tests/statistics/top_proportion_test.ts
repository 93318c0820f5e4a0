import assert from "node:assert/strict";
import fc from "fast-check";
import { topProportion } from "../../src/statistics/mod.ts";

const scores = fc.array(fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: -2, max: 2 })), {
  minLength: 1,
  maxLength: 80,
}).map((list) => Float64Array.from(list));
const proportion = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("topProportion() takes the highest positive scores, the first of equals", () => {
  fc.assert(
    fc.property(scores, proportion, (score, share) => {
      const wanted = share === 0 ? 0 : Math.max(1, Math.round(share * score.length));
      const expected = [...score.keys()].filter((i) => score[i] > 0)
        .sort((a, b) => score[b] - score[a] || a - b).slice(0, wanted).sort((a, b) => a - b);
      assert.deepEqual([...topProportion(score, share)].flatMap((value, i) => value ? [i] : []), expected);
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("selections of smaller proportions are among those of larger ones", () => {
  fc.assert(
    fc.property(scores, proportion, proportion, (score, a, b) => {
      const few = topProportion(score, Math.min(a, b));
      const many = topProportion(score, Math.max(a, b));
      few.forEach((value, i) => assert.ok(value <= many[i]));
    }),
    { seed: 2 },
  );
});

Deno.test("topProportion() takes nothing of dead units and refuses what is not a proportion", () => {
  assert.deepEqual([...topProportion(new Float64Array(4), 1)], [0, 0, 0, 0]);
  assert.deepEqual([...topProportion(Float64Array.of(1, 0, 2), 1)], [1, 0, 1]);
  assert.throws(() => topProportion(Float64Array.of(1), 1.1), /expected a proportion in 0–1/);
  assert.throws(() => topProportion(Float64Array.of(1), NaN), RangeError);
});
