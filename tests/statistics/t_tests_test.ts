import assert from "node:assert/strict";
import fc from "fast-check";
import {
  deadUnits,
  dprime,
  emptyMoments,
  type Moments,
  momentsOfResponses,
  oneSidedP,
  oneSidedPValues,
  poolMoments,
  student,
  welch,
} from "../../src/statistics/mod.ts";
import { allClose, close, condition, golden, goldenMoments, seeded, units, values } from "./golden.ts";

function moments(n: number, mean: number[], m2: number[]): Moments {
  return { n, mean: Float64Array.from(mean), m2: Float64Array.from(m2) };
}

Deno.test("oneSidedP() is 1 where a contrast cannot be tested and 0 where t is beyond all numbers", () => {
  assert.equal(oneSidedP(0, 0), 1);
  assert.equal(oneSidedP(1e200, 30), 0);
  assert.equal(oneSidedP(0, 30), 0.5);
});

Deno.test("oneSidedP() refuses what is not a number", () => {
  assert.throws(() => oneSidedP(NaN, 3), /expected a number/);
  assert.throws(() => oneSidedP(1, -1), RangeError);
});

Deno.test("welch(), student() and dprime() agree with SciPy and NumPy to 1e-9", () => {
  const all = goldenMoments();
  for (const { a, b, welch: w, student: s, dprime: d } of golden.contrasts) {
    for (const [actual, expected] of [[welch(all[a], all[b]), w], [student(all[a], all[b]), s]] as const) {
      allClose(actual.t, expected.t, { what: "t of unit" });
      allClose(actual.df, expected.df, { what: "df of unit" });
      allClose(oneSidedPValues(actual), expected.p, { scale: 1e-9, what: "p of unit" });
    }
    allClose(dprime(all[a], all[b]), d, { what: "d′ of unit" });
  }
});

Deno.test("welch() on moments in float32 stays within 1e-3 of t in float64", () => {
  const all = goldenMoments();
  const single = all.map(({ n, mean, m2 }) => ({ n, mean: Float32Array.from(mean), m2: Float32Array.from(m2) }));
  const { t } = golden.contrasts[0].welch;
  const actual = welch(single[0], single[1]).t;
  // Unit 6 rides on an offset of 10,000, more than float32 means can carry to this bar.
  t.forEach((value, i) => i !== 6 && close(actual[i], value, { tolerance: 1e-3, what: `t of unit ${i}` }));
});

Deno.test("a unit that varies in neither condition is dead: t = 0, p = 1, whatever its means", () => {
  const a = moments(10, [3, 1, 2], [0, 5, 0]);
  const b = moments(8, [1, 1, 2], [0, 0, 4]);
  for (const test of [welch(a, b), student(a, b)]) {
    assert.deepEqual([test.t[0], test.df[0], oneSidedPValues(test)[0]], [0, 0, 1]);
    assert.ok(test.df[1] > 0 && test.df[2] > 0);
  }
  assert.equal(dprime(a, b)[0], 0);
  assert.equal(deadUnits([a, b]), 1);
  assert.equal(deadUnits([a]), 2);
  golden.contrasts.forEach(({ a, b, dead }) => assert.equal(deadUnits([goldenMoments()[a], goldenMoments()[b]]), dead));
});

Deno.test("groups of no or one image and absurd numbers give defined tests", () => {
  const one = moments(1, [5, 2], [0, 0]);
  const none = emptyMoments(2);
  const many = moments(9, [1, 1e308], [2, 1e-320]);
  for (const other of [one, none]) {
    assert.deepEqual([...welch(many, other).t, ...welch(many, other).df], [0, 0, 0, 0]);
    assert.deepEqual([...dprime(many, other)], [0, 0]);
  }
  assert.deepEqual([...student(many, none).df], [0, 0]);
  for (const test of [welch(many, moments(9, [1, -1e308], [2, 1e-320])), student(many, one)]) {
    assert.ok([...test.t, ...test.df, ...oneSidedPValues(test)].every(Number.isFinite));
  }
  // Squared deviations just below 0, as rounding can leave them, count as none.
  assert.equal(deadUnits([moments(5, [1], [-1e-9])]), 1);
  assert.equal(welch(moments(5, [1], [-1e-9]), moments(5, [0], [0])).df[0], 0);
});

Deno.test("tests refuse moments of different units", () => {
  const a = moments(3, [1, 2], [1, 1]);
  const b = moments(3, [1], [1]);
  for (const test of [welch, student, dprime]) assert.throws(() => test(a, b), /Cannot compare groups: .* expected 2/);
  assert.throws(() => poolMoments(a, b), /Cannot pool moments/);
  assert.throws(() => poolMoments(), /expected those of one group/);
  assert.throws(() => deadUnits([]), /Cannot count dead units/);
});

Deno.test("poolMoments() gives the moments of all images together", () => {
  const all = goldenMoments();
  const { of, mean, variance } = golden.pooled;
  const pooled = poolMoments(...of.map((c) => all[c]));
  allClose(pooled.mean, mean);
  allClose(pooled.m2.map((m2) => m2 / (pooled.n - 1)), variance, { scale: 1e-3 });
});

Deno.test("poolMoments() does not depend on the order or the grouping, and empty groups count for nothing", () => {
  const { normal, uniform } = seeded(4);
  const images = 30;
  const width = 5;
  const data = Float64Array.from({ length: images * width }, () => 3 + normal());
  const whole = momentsOfResponses({ values: data, units: width, condition: new Int32Array(images), conditions: 1 })[0];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: images, maxLength: images }), (parts) => {
      const groups = momentsOfResponses({
        values: data,
        units: width,
        condition: Int32Array.from(parts),
        conditions: 5,
      });
      groups.sort(() => uniform() - 0.5);
      const pooled = poolMoments(moments(0, [9, 9, 9, 9, 9], [1, 1, 1, 1, 1]), ...groups);
      assert.equal(pooled.n, images);
      allClose(pooled.mean, [...whole.mean], { tolerance: 1e-12 });
      allClose(pooled.m2, [...whole.m2], { tolerance: 1e-12 });
    }),
    { numRuns: 30, seed: 1 },
  );
});

Deno.test("permuting images or units permutes the tests and nothing else", () => {
  const { uniform } = seeded(9);
  const images = condition.length;
  const shuffle = (n: number): number[] => {
    const order = Array.from({ length: n }, (_, i) => i);
    return order.map((i) => [uniform(), i]).sort((a, b) => a[0] - b[0]).map(([, i]) => i);
  };
  const rows = shuffle(images);
  const columns = shuffle(units);
  const permuted = momentsOfResponses({
    values: Float64Array.from(
      { length: images * units },
      (_, i) => values[rows[Math.floor(i / units)] * units + columns[i % units]],
    ),
    units,
    condition: Int32Array.from(rows, (row) => condition[row]),
    conditions: golden.conditions.length,
  });
  const plain = goldenMoments();
  const before = welch(plain[0], plain[1]);
  const after = welch(permuted[0], permuted[1]);
  columns.forEach((column, i) => close(after.t[i], before.t[column], { tolerance: 1e-7 }));
});

Deno.test("scaling a unit by a positive factor leaves t, p and d′ as they are; exchanging groups turns their sign", () => {
  const all = goldenMoments();
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (factor) => {
      const scaled = all.map(({ n, mean, m2 }) => ({
        n,
        mean: mean.map((value: number) => value * factor),
        m2: m2.map((value: number) => value * factor * factor),
      }));
      allClose(welch(scaled[0], scaled[1]).t, [...welch(all[0], all[1]).t], { tolerance: 1e-9 });
      allClose(dprime(scaled[0], scaled[1]), [...dprime(all[0], all[1])], { tolerance: 1e-9 });
    }),
    { numRuns: 20, seed: 2 },
  );
  allClose(welch(all[1], all[0]).t, [...welch(all[0], all[1]).t].map((t) => -t));
});
