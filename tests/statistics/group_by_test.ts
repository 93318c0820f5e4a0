import assert from "node:assert/strict";
import fc from "fast-check";
import { groupBy } from "../../src/statistics/mod.ts";

Deno.test("groupBy() gives the groups and the order that the language's own does", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -9, max: 9 })), (numbers) => {
    const keyOf = (number: number): number => number % 4;
    assert.deepEqual([...groupBy(numbers, keyOf)], [...Map.groupBy(numbers, keyOf)]);
  }));
});

Deno.test("groupBy() passes on what the key's function throws", () => {
  assert.throws(() =>
    groupBy([1], () => {
      throw new Error("no key");
    }), /no key/);
});
