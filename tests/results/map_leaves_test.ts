import assert from "node:assert/strict";
import { mapLeaves, roundNumbers } from "../../src/results/mod.ts";

const loud = (leaf: unknown): unknown => typeof leaf === "string" ? leaf.toUpperCase() : leaf;

Deno.test("mapLeaves() changes leaves wherever they are, and leaves the argument alone", () => {
  const value = { a: ["x", { b: "y", c: 1 }], d: null, e: [] as string[], f: undefined };
  const before = structuredClone(value);
  assert.deepEqual(mapLeaves(value, loud), { a: ["X", { b: "Y", c: 1 }], d: null, e: [] });
  assert.deepEqual(value, before);
});

Deno.test("mapLeaves() copies what changes and nothing else", () => {
  const same = { text: "LOUD", numbers: [1, NaN, null] }, other = { text: "quiet" };
  const mapped = mapLeaves({ same, list: [same, other] }, loud);
  assert.equal(mapped.same, same);
  assert.equal(mapped.list[0], same);
  assert.deepEqual(mapped.list[1], { text: "QUIET" });
  assert.equal(mapLeaves(same, loud), same);
});

Deno.test("what was rounded is not copied when it is rounded again", () => {
  const rounded = roundNumbers({ values: [1 / 3, -0, 5], none: null });
  assert.deepEqual(rounded, { values: [0.333333333, 0, 5], none: null });
  assert.equal(roundNumbers(rounded), rounded);
});
