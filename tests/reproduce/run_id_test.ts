import assert from "node:assert/strict";
import { gitCommit } from "../../src/reproduce/git_commit.ts";
import { runId } from "../../src/reproduce/run_id.ts";
import { sourceHash } from "../../src/reproduce/source_hash.ts";

Deno.test("runId() is the version and eight digits that do not depend on the order of the inputs", () => {
  const id = runId("1.2.3", { b: [1, 2], a: { y: 1, x: null } });
  assert.match(id, /^1\.2\.3-[0-9a-f]{8}$/);
  assert.equal(runId("1.2.3", { a: { x: null, y: 1 }, b: [1, 2] }), id);
});

Deno.test("runId() changes with any input", () => {
  assert.notEqual(runId("1.2.3", { seed: 0 }), runId("1.2.3", { seed: 1 }));
  assert.notEqual(runId("1.2.3", { models: ["a", "b"] }), runId("1.2.3", { models: ["b", "a"] }));
});

Deno.test("sourceHash() is stable within a version of the source", async () => {
  const hash = await sourceHash();
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal(await sourceHash(), hash);
});

Deno.test("gitCommit() is null where there is no repository", async () => {
  assert.equal(await gitCommit("/nowhere/at/all"), null);
});
