import assert from "node:assert/strict";
import fc from "fast-check";
import { Contrasts, CRITERIA, parseCriterion } from "../../src/criteria/mod.ts";
import { momentsOfResponses } from "../../src/statistics/mod.ts";
import { golden, goldenMoments, goldenSample, seeded } from "../statistics/golden.ts";

const conditions = golden.conditions;
const targets = [0, 1, 2, 3];

function indices(mask: Uint8Array): number[] {
  return [...mask].flatMap((value, i) => value ? [i] : []);
}

Deno.test("every criterion selects the units that SciPy selects, with and without shared contrasts", () => {
  const moments = goldenMoments();
  const responses = goldenSample();
  const contrasts = new Contrasts(moments);
  for (const [name, expected] of Object.entries(golden.criteria)) {
    const criterion = parseCriterion(name, conditions);
    for (const target of targets) {
      const input = { conditions, targets, target, moments, responses };
      assert.deepEqual(indices(criterion.select(input)), expected[target], `${name}, ${conditions[target]}`);
      assert.deepEqual(criterion.select({ ...input, contrasts }), criterion.select(input));
    }
  }
  assert.deepEqual(
    new Set(CRITERIA.map(({ name }) => name)).difference(new Set(Object.keys(golden.criteria))),
    new Set(),
  );
});

Deno.test("criteria decide in float32 moments as in float64, unless p is at the threshold", () => {
  const exact = goldenMoments();
  const moments = exact.map(({ n, mean, m2 }) => ({ n, mean: Float32Array.from(mean), m2: Float32Array.from(m2) }));
  for (const name of ["conjunction", "conjunction-max", "lu-wang", "prince", "dprime", "tdann-5"] as const) {
    const criterion = parseCriterion(name, conditions);
    for (const target of targets) {
      const found = indices(criterion.select({ conditions, targets, target, moments }));
      assert.deepEqual(found, golden.criteria[name][target]);
    }
  }
});

Deno.test("every criterion has a source, and a provisional one says so", () => {
  for (const { name, definition, source, doi, status, needsResponses, population } of CRITERIA) {
    assert.ok(source.length > 0 && definition.length > 0 && (doi === null || /^10\.\d{4,}\//.test(doi)), name);
    assert.equal(status, name === "lu-wang" ? "provisional" : "established");
    assert.equal(needsResponses, population === "sample");
  }
});

Deno.test("planted units are found and no others are, by every criterion that corrects or thresholds", () => {
  const { normal } = seeded(5);
  const units = 3000;
  const perCondition = 40;
  const images = perCondition * conditions.length;
  const condition = Int32Array.from({ length: images }, (_, i) => i % conditions.length);
  // The first 40 units prefer faces, the next 40 bodies; the rest are noise.
  const values = Float32Array.from({ length: images * units }, (_, at) => {
    const unit = at % units;
    const prefers = unit < 40 ? 0 : unit < 80 ? 1 : -1;
    return 2 + normal() + (condition[Math.floor(at / units)] === prefers ? 4 : 0);
  });
  const moments = momentsOfResponses({ values, units, condition, conditions: conditions.length });
  const sampled = { units: Uint32Array.from({ length: units }, (_, i) => i), values, condition };
  const contrasts = new Contrasts(moments);
  for (
    const name of [
      "conjunction",
      "conjunction-max",
      "prince",
      "tdann",
      "tdann-5",
      "tdann-12",
      "dprime",
      "ratio",
      "ranksum",
      "min(d) > 2",
    ]
  ) {
    const criterion = parseCriterion(name, conditions);
    const select = (target: number): number[] =>
      indices(criterion.select({ conditions, targets, target, moments, responses: sampled, contrasts }));
    const range = (from: number): number[] => Array.from({ length: 40 }, (_, i) => from + i);
    assert.deepEqual(select(0), range(0), name);
    assert.deepEqual(select(1), range(40), name);
    assert.deepEqual(select(2), [], name);
  }
  const top = parseCriterion("topk", conditions).select({ conditions, targets, target: 0, moments, contrasts });
  assert.equal(indices(top).length, 30);
  assert.ok(indices(top).every((unit) => unit < 40));
});

Deno.test("under pure noise a contrast rejects at its nominal rate and a corrected conjunction almost nothing", () => {
  const { normal } = seeded(6);
  const units = 20_000;
  const counts = [20, 20, 15];
  const condition = Int32Array.from(counts.flatMap((n, c) => new Array(n).fill(c)));
  const values = Float32Array.from({ length: condition.length * units }, normal);
  const moments = momentsOfResponses({ values, units, condition, conditions: 3 });
  const contrasts = new Contrasts(moments);
  const pair = new Contrasts([moments[0], moments[2]]);
  for (const test of ["welch", "student"] as const) {
    for (const alpha of [0.05, 0.01]) {
      const mask = pair.conjunction(0, { test, alpha, sides: 1, correction: "none", against: "each" });
      const rate = mask.reduce((a, b) => a + b, 0) / units;
      const error = 4 * Math.sqrt(alpha * (1 - alpha) / units);
      assert.ok(Math.abs(rate - alpha) < error, `${test} at ${alpha}: ${rate}`);
    }
  }
  // Two correlated contrasts: well below 0.05, well above 0.05².
  const input = { conditions: ["a", "b", "c"], targets: [0], target: 0, moments, contrasts };
  const uncorrected = parseCriterion("lu-wang", []).select(input).reduce((a, b) => a + b, 0) / units;
  assert.ok(uncorrected > 0.0025 && uncorrected < 0.03, `${uncorrected}`);
  for (const name of ["conjunction", "conjunction-max", "prince"]) {
    assert.ok(parseCriterion(name, []).select(input).reduce((a, b) => a + b, 0) <= 2, name);
  }
});

Deno.test("conditions without images are left out; with none to compare nothing is selected", () => {
  const full = goldenMoments();
  const empty = { n: 0, mean: new Float64Array(full[0].mean.length), m2: new Float64Array(full[0].mean.length) };
  const some = [full[0], full[1], empty, full[3], empty];
  const kept = [full[0], full[1], full[3]];
  const responses = goldenSample();
  const present = new Set([0, 1, 3]);
  const partial = { ...responses, condition: responses.condition.map((c) => present.has(c) ? c : -1) };
  const renamed = { ...responses, condition: responses.condition.map((c) => [0, 1, -1, 2, -1][c]) };
  for (
    const criterion of [
      ...CRITERIA,
      parseCriterion("min(t) > 2", conditions),
      parseCriterion("max(q) < 0.1", ["a", "b", "c"]),
    ]
  ) {
    const names = ["a", "b", "c", "d", "e"];
    const without = criterion.select({ conditions: names, targets, target: 0, moments: some, responses: partial });
    const three = criterion.select({
      conditions: names.slice(0, 3),
      targets: [0, 1, 2],
      target: 0,
      moments: kept,
      responses: renamed,
    });
    assert.deepEqual(without, three, criterion.name);
    const alone = { ...responses, condition: responses.condition.map((c) => c === 0 ? 0 : -1) };
    const single = [full[0], empty, empty, empty, empty];
    for (const target of [0, 1]) {
      const mask = criterion.select({ conditions: names, targets, target, moments: single, responses: alone });
      assert.deepEqual(indices(mask), [], criterion.name);
    }
  }
});

Deno.test("degenerate layers give defined selections: one unit, all zeros, two images in a condition", () => {
  for (const criterion of [...CRITERIA, parseCriterion("d.rest > 0 or mean.target >= 0", conditions)]) {
    for (const units of [1, 3]) {
      const zeros = conditions.map(() => ({ n: 2, mean: new Float64Array(units), m2: new Float64Array(units) }));
      const condition = Int32Array.from({ length: 10 }, (_, i) => i % 5);
      const responses = {
        units: Uint32Array.from({ length: units }, (_, i) => i),
        values: new Float32Array(10 * units),
        condition,
      };
      const mask = criterion.select({ conditions, targets, target: 0, moments: zeros, responses });
      assert.deepEqual([...mask], new Array(units).fill(0), criterion.name);
      const constant = zeros.map(({ n, m2 }, c) => ({ n, mean: new Float64Array(units).fill(c === 0 ? 9 : 1), m2 }));
      const varied = {
        ...responses,
        values: responses.values.map((_, i) => condition[Math.floor(i / units)] === 0 ? 9 : 1),
      };
      const dead = criterion.select({ conditions, targets, target: 0, moments: constant, responses: varied });
      assert.deepEqual([...dead], new Array(units).fill(0), `${criterion.name} selects a dead unit`);
    }
  }
});

Deno.test("ranksum says what it is missing", () => {
  const input = { conditions, targets, target: 0, moments: goldenMoments() };
  assert.throws(() => parseCriterion("ranksum", conditions).select(input), /Cannot select by ranksum: no responses/);
});

Deno.test("permuting units permutes every selection", () => {
  const moments = goldenMoments();
  const units = moments[0].mean.length;
  const sample = goldenSample();
  fc.assert(
    fc.property(fc.shuffledSubarray([...Array(units).keys()], { minLength: units, maxLength: units }), (order) => {
      const permuted = moments.map(({ n, mean, m2 }) => ({
        n,
        mean: Float64Array.from(order, (unit) => mean[unit]),
        m2: Float64Array.from(order, (unit) => m2[unit]),
      }));
      const responses = {
        ...sample,
        values: sample.values.map((_, at) => sample.values[at - at % units + order[at % units]]),
      };
      for (const criterion of CRITERIA) {
        const before = criterion.select({ conditions, targets, target: 1, moments, responses: sample });
        const after = criterion.select({ conditions, targets, target: 1, moments: permuted, responses });
        assert.deepEqual([...after], order.map((unit) => before[unit]), criterion.name);
      }
    }),
    { numRuns: 10, seed: 7 },
  );
});

Deno.test("a criterion that says it is exclusive selects no unit for two categories, and topk alone fixes the proportion", () => {
  const moments = goldenMoments();
  const responses = goldenSample();
  const exclusive = CRITERIA.filter((criterion) => criterion.exclusive);
  assert.deepEqual(
    exclusive.map(({ name }) => name).sort(),
    ["conjunction", "conjunction-fixed", "conjunction-max", "lu-wang", "prince", "ranksum", "ratio"],
  );
  for (const { name, select } of exclusive) {
    const masks = targets.map((target) => select({ conditions, targets, target, moments, responses }));
    const most = Math.max(...masks[0].map((_, unit) => masks.reduce((sum, mask) => sum + mask[unit], 0)));
    assert.equal(most, 1, name);
  }
  assert.deepEqual(CRITERIA.filter((criterion) => criterion.fixesProportion).map(({ name }) => name), ["topk"]);
});
