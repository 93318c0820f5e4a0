import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  checksumNotice,
  checksumOf,
  parseResults,
  readResults,
  serializeResults,
  writeResults,
} from "../../src/results/mod.ts";
import { inFolder } from "../in_folder.ts";
import { runCommand } from "../tasks/run_command.ts";
import { syntheticResults } from "./synthetic_results.ts";

Deno.test("results carry a checksum that fits what is read, and is the same whenever and wherever they were made", () =>
  inFolder(async (folder) => {
    const path = join(folder, "results.json"), made = syntheticResults();
    const written = await writeResults(path, made);
    assert.match(written.checksum!, /^[0-9a-f]{64}$/);
    const read = await readResults(path);
    assert.equal(read.checksum, checksumOf(read));
    assert.equal(checksumNotice(read), null);
    const elsewhere = {
      ...made,
      provenance: { ...made.provenance, cpu: "another" },
      timing: { ...made.timing, images: 1 },
    };
    assert.equal(parseResults(serializeResults(elsewhere)).checksum, read.checksum);
    // What was written once is written again as it is.
    assert.equal(serializeResults(read), await readFile(path, "utf8"));
    const { checksum: _checksum, ...without } = read;
    assert.equal(checksumNotice(without), null);
  }));

Deno.test("report says where a checksum does not fit, and pages leaves such a run out", () =>
  inFolder(async (folder) => {
    const results = syntheticResults(), run = join(folder, "runs", results.study, results.id);
    await writeResults(join(run, "results.json"), results);
    const text = await readFile(join(run, "results.json"), "utf8");
    const changed = text.replace(/"title": ?"/, (found) => `${found}Changed `);
    assert.notEqual(changed, text);
    await writeFile(join(run, "results.json"), changed);
    const [report, pages] = await Promise.all([
      runCommand("report.ts", [run, "--out", join(folder, "page.html")]),
      runCommand("pages.ts", ["--from", join(folder, "runs"), "--out", join(folder, "site")]),
    ]);
    assert.equal(report.code, 0, report.error);
    assert.match(report.error, /notice: ".*results\.json": its checksum does not fit: the file was changed or damaged/);
    assert.equal(pages.code, 0, pages.error);
    assert.match(pages.error, /left out .*: its checksum does not fit/);
    assert.match(pages.out, /0 runs, 0 new/);
  }));
