import assert from "node:assert/strict";
import { describeBootstrap } from "../../src/reproduce/describe_bootstrap.ts";

Deno.test("describeBootstrap() tells the level and the replicates of the analysis itself", () => {
  const { replicates, method, level, description } = describeBootstrap({
    targets: ["faces"],
    replicates: 500,
    level: 0.9,
  });
  assert.deepEqual([replicates, method, level], [500, "centred percentile", 0.9]);
  assert.match(description!, /90 % percentile intervals/);
  assert.equal(describeBootstrap({ targets: ["faces"] }).level, 0.95);
  assert.throws(() => describeBootstrap({ targets: ["faces"], level: 1 }), /Cannot analyse with level = 1/);
});
