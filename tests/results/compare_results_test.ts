import assert from "node:assert/strict";
import { compareResults, listEstimates } from "../../src/results/mod.ts";
import { syntheticResults } from "./synthetic_results.ts";

const results = syntheticResults({ seeds: 1, layers: ["stem", "pool"] });

Deno.test("compareResults() finds nothing between a run and itself", () => {
  const same = compareResults(results, structuredClone(results));
  assert.equal(same.compared, listEstimates(results).length);
  assert.equal(same.valued, listEstimates(results).filter(({ value }) => value !== null).length);
  assert.deepEqual([same.inputs, same.numbers, same.onlyA, same.onlyB, same.verdicts, same.moved], [
    [],
    [],
    [],
    [],
    [],
    0,
  ]);
});

Deno.test("compareResults() tells a number that moved beyond its interval from one that moved within", () => {
  const later = structuredClone(results);
  const { measures } = later.networks[0].layers[1].categories.faces;
  measures["strength.margin"] = { value: 9, interval: [8.9, 9.1] };
  measures["strength.response"].value! += 0.01;
  const { numbers, moved } = compareResults(results, later);
  assert.deepEqual(numbers.map((row) => [row.layer, row.measure, row.moved]), [
    ["pool", "strength.margin", true],
    ["pool", "strength.response", false],
  ]);
  assert.equal(moved, 1);
});

Deno.test("compareResults() counts a number that became null as moved", () => {
  const later = structuredClone(results);
  later.networks[0].layers[0].categories.words.measures["specificity.t"] = {
    value: null,
    interval: null,
    reason: "nothing selected",
  };
  const { numbers, compared, valued } = compareResults(results, later);
  assert.deepEqual(numbers.map((row) => row.moved), [true]);
  assert.equal(valued, compared - 1);
});

Deno.test("compareResults() lists inputs that differ, numbers only one run has, and verdicts that changed", () => {
  const later = structuredClone(results);
  later.settings.permutations = 999;
  later.networks[0].weights.sha256 = "f".repeat(64);
  const [gone] = later.networks.splice(1, 1);
  later.claims[1].verdict = "fails";
  const compared = compareResults(results, later);
  assert.deepEqual(compared.inputs.map(({ input }) => input), [
    "settings.permutations",
    "networks.made-vision-s0.weights.sha256",
    ...["status", "weights.sha256", "preprocessing", "layers"].map((name) => `networks.${gone.id}.${name}`),
  ]);
  assert.ok(compared.onlyA.length > 0 && compared.onlyA.every((name) => name.startsWith(gone.id)));
  assert.deepEqual(compared.verdicts, [{ claim: "more", a: "holds", b: "fails" }]);
});

Deno.test("listEstimates() has every measure that the results describe, and leaves out networks that were not run", () => {
  const rows = listEstimates(results);
  assert.deepEqual(new Set(rows.map((row) => row.measure)), new Set(results.measures.map(({ name }) => name)));
  assert.ok(!rows.some((row) => row.network === "made-absent"));
});
