import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { PUBLISHED_RUN } from "../../bench/_published_run.ts";
import { checksumNotice, parseResults } from "../../src/results/mod.ts";

Deno.test("the published run has the layout of this version, is as it was written, and stands beside a light page", async () => {
  const text = await readFile(new URL("results.json", PUBLISHED_RUN), "utf8");
  assert.equal(JSON.parse(text).schemaVersion, 2);
  const results = parseResults(text);
  assert.equal(checksumNotice(results), null);
  assert.equal(results.id, PUBLISHED_RUN.pathname.split("/").at(-2));
  assert.deepEqual(results.networks.map(({ status }) => status), Array(30).fill("run"));
  const { size } = await stat(new URL("index.html", PUBLISHED_RUN));
  assert.ok(size <= 4 * 2 ** 20, `the page has ${size} bytes`);
});
