import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  canonicalResults,
  checksumOf,
  LARGEST_RESULTS,
  readResults,
  serializeResults,
  writeResults,
} from "../../src/results/mod.ts";
import { syntheticResults } from "./synthetic_results.ts";
import { inFolder } from "../in_folder.ts";

const results = syntheticResults({ seeds: 1, layers: ["stem", "pool"] });

Deno.test("writeResults() writes a file that readResults() gives back, and nothing beside it", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "deep", "results.json");
    const written = await writeResults(path, results);
    assert.deepEqual(await readResults(path), written);
    assert.deepEqual(written, { ...canonicalResults(results), checksum: checksumOf(canonicalResults(results)) });
    assert.deepEqual(await readdir(join(folder, "deep")), ["results.json"]);
  });
});

Deno.test("writeResults() leaves an older file alone where the new results are refused", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "results.json");
    await writeFile(path, "older");
    const broken = structuredClone(results);
    broken.timing.wallSeconds = NaN;
    await assert.rejects(writeResults(path, broken), /timing\.wallSeconds is NaN/);
    assert.equal(await readFile(path, "utf8"), "older");
    assert.deepEqual(await readdir(folder), ["results.json"]);
  });
});

Deno.test("results that are longer than what can be read again are refused in a sentence, and nothing is written", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "new", "results.json");
    const bytes = new TextEncoder().encode(serializeResults(results)).length;
    await assert.rejects(writeResults(path, results, { most: bytes - 1 }), {
      name: "RequestError",
      message: `Cannot write results: they would take more than ${bytes - 1} bytes; ` +
        "expected fewer networks, layers or criteria in a run",
    });
    assert.deepEqual(await readdir(folder), []);
    await writeResults(path, results, { most: bytes });
    assert.equal((await stat(path)).size, bytes);
    // What is written at most is what is read at most.
    await truncate(path, LARGEST_RESULTS + 1);
    await assert.rejects(readResults(path), /it has 503316481 bytes; expected at most 503316480; expected a results/);
  });
});

Deno.test("writeResults() leaves no temporary file where renaming fails", async () => {
  await inFolder(async (folder) => {
    await mkdir(join(folder, "results.json"));
    await assert.rejects(writeResults(join(folder, "results.json"), results));
    assert.deepEqual(await readdir(folder), ["results.json"]);
  });
});

Deno.test("readResults() names a file that is missing or a folder", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "none.json");
    await assert.rejects(readResults(path), {
      message: `Cannot read results from "${path}": there is no such file; expected a results.json`,
    });
    await assert.rejects(readResults(folder), /it is a folder; expected a results\.json/);
  });
});
