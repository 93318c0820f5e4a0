import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { checksumNotice, parseResults } from "../../src/results/mod.ts";

const MINI = new URL("../../reports/mini/", import.meta.url);

Deno.test("the newest published run has the layout of this version, is as it was written, and stands beside a light page", async () => {
  const run = (await readdir(MINI)).sort().at(-1)!;
  const text = await readFile(new URL(`${run}/results.json`, MINI), "utf8");
  assert.equal(JSON.parse(text).schemaVersion, 2);
  const results = parseResults(text);
  assert.equal(checksumNotice(results), null);
  assert.equal(results.id, run);
  assert.deepEqual(results.networks.map(({ status }) => status), Array(30).fill("run"));
  const { size } = await stat(new URL(`${run}/index.html`, MINI));
  assert.ok(size <= 4 * 2 ** 20, `the page has ${size} bytes`);
});
