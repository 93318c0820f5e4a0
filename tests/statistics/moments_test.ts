import assert from "node:assert/strict";
import { emptyMoments, momentError, momentsOfResponses, sameUnits } from "../../src/statistics/mod.ts";
import { allClose, goldenMoments } from "./golden.ts";

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

Deno.test("momentsOfResponses() keeps a constant unit at exactly no variance", () => {
  const constant = Float32Array.from({ length: 700 }, () => 0.1);
  const [{ mean, m2 }] = momentsOfResponses({
    values: constant,
    units: 100,
    condition: new Int32Array(7),
    conditions: 1,
  });
  assert.ok(m2.every((value) => value === 0) && mean.every((value) => value === Math.fround(0.1)));
  assert.equal(goldenMoments()[0].m2[1], 0);
});

Deno.test("momentsOfResponses() refuses what does not fit", () => {
  const input = { values: new Float32Array(6), units: 2, condition: Int32Array.of(0, 1, 0), conditions: 2 };
  assert.throws(() => momentsOfResponses({ ...input, units: 3 }), /expected 3 images × 3 units/);
  assert.throws(() => momentsOfResponses({ ...input, conditions: 1 }), /image 1 is in group 1; expected −1 to 0/);
});

Deno.test("emptyMoments() are of no image, and sameUnits() says which moments do not fit", () => {
  const empty = emptyMoments(2);
  assert.deepEqual([empty.n, [...empty.mean], [...empty.m2]], [0, [0, 0], [0, 0]]);
  assert.equal(sameUnits([empty, emptyMoments(2)], "compare"), 2);
  assert.throws(() => sameUnits([], "compare"), /Cannot compare: no moments; expected those of one group/);
  assert.throws(
    () => sameUnits([empty, { ...empty, m2: new Float64Array(3) }], "compare"),
    /Cannot compare: moments of 2 means and 3 squared deviations; expected 2 of each/,
  );
});

Deno.test("momentError() is relative to a unit's own mean and variance and names the worst unit", () => {
  const exact = { n: 4, mean: Float64Array.of(10, 2), m2: Float64Array.of(4, 16) };
  const streamed = (
    mean: number[],
    m2: number[],
  ) => [{ n: 4, mean: Float64Array.from(mean), m2: Float64Array.from(m2) }];
  const of = (found: ReturnType<typeof streamed>) => momentError({ streamed: found, exact: [exact], units: [0, 2] });
  assert.deepEqual(of(streamed([10, 0, 2], [4, 0, 16])), { error: 0, column: -1, group: -1 });
  const wrong = of(streamed([10.1, 0, 2], [4, 0, 17]));
  assert.deepEqual([wrong.column, wrong.group], [1, 0]);
  allClose([wrong.error], [1 / 16], { tolerance: 1e-12 });
  assert.ok(Number.isNaN(of(streamed([NaN, 0, 2], [4, 0, 16])).error));
  const fewer = [{ ...streamed([10, 0, 2], [4, 0, 16])[0], n: 3 }];
  assert.deepEqual(of(fewer), { error: Infinity, column: -1, group: 0 });
});

Deno.test("momentError() forgives what float32 cannot hold where a unit hardly varies", () => {
  const deviation = 1e-5;
  const exact = { n: 10, mean: Float64Array.of(1), m2: Float64Array.of(10 * deviation ** 2) };
  const error = (factor: number): number =>
    momentError({ streamed: [{ ...exact, m2: exact.m2.map((m2) => m2 * factor) }], exact: [exact], units: [0] }).error;
  assert.ok(error(1.01) < 1e-3, `${error(1.01)}`);
  assert.ok(error(2) > 1e-2, `${error(2)}`);
});
