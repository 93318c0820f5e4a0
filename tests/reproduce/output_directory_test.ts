import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { openOutputDirectory } from "../../src/reproduce/output_directory.ts";
import { inFolder } from "../in_folder.ts";

Deno.test("openOutputDirectory() shows nothing under the final name before it is published", () =>
  inFolder(async (root) => {
    const directory = await openOutputDirectory(root, "mini");
    await writeFile(join(directory.staging, "results.json"), "{}");
    assert.deepEqual((await readdir(join(root, "mini"))).filter((name) => !name.startsWith(".")), []);
    const path = await directory.publish("0.1.0-abc", () => false);
    assert.equal(path, join(root, "mini", "0.1.0-abc"));
    assert.deepEqual(await readdir(join(root, "mini")), ["0.1.0-abc"]);
  }));

Deno.test("openOutputDirectory() leaves no directory behind that it made when the run fails", () =>
  inFolder(async (root) => {
    const directory = await openOutputDirectory(join(root, "new", "deep"), "mini");
    await directory.discard();
    await directory.discard();
    assert.deepEqual(await readdir(root), []);
  }));

Deno.test("openOutputDirectory() keeps what was there before when the run fails", () =>
  inFolder(async (root) => {
    await mkdir(join(root, "mini", "0.1.0-old"), { recursive: true });
    const directory = await openOutputDirectory(root, "mini");
    await directory.discard();
    assert.deepEqual(await readdir(join(root, "mini")), ["0.1.0-old"]);
  }));

Deno.test("a run that fails leaves another run's report, finished or not, under the folder that it made", () =>
  inFolder(async (root) => {
    const out = join(root, "new");
    const failing = await openOutputDirectory(out, "mini");
    const finished = await openOutputDirectory(out, "mini");
    const running = await openOutputDirectory(out, "mini");
    await writeFile(join(finished.staging, "results.json"), "{}");
    await finished.publish("0.1.0-abc", () => false);
    await failing.discard();
    assert.deepEqual((await readdir(join(out, "mini"))).sort(), [basename(running.staging), "0.1.0-abc"].sort());
    await running.discard();
    assert.deepEqual(await readdir(join(out, "mini")), ["0.1.0-abc"]);
  }));

Deno.test("runs that begin and fail at the same time do not get in each other's way", () =>
  inFolder(async (root) => {
    await Promise.all(Array.from({ length: 200 }, async () => {
      const directory = await openOutputDirectory(join(root, "new", "deep"), "mini");
      await directory.discard();
    }));
    for (const entry of await readdir(root, { recursive: true })) assert.ok(!entry.includes(".unfinished"), entry);
  }));
