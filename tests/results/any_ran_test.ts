import assert from "node:assert/strict";
import { anyRan } from "../../src/results/mod.ts";
import { syntheticResults } from "./synthetic_results.ts";

Deno.test("anyRan() is whether any network ran", () => {
  const { networks } = syntheticResults({ seeds: 1, layers: ["pool"], targets: ["faces"] });
  assert.equal(anyRan({ networks }), true);
  assert.equal(anyRan({ networks: networks.filter(({ status }) => status === "not run") }), false);
  assert.equal(anyRan({ networks: [] }), false);
});
