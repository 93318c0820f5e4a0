import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { publishDirectory } from "../../src/reproduce/publish_directory.ts";
import { inFolder } from "../in_folder.ts";

/** Writes a finished run and publishes it. */
async function publish(parent: string, results: string, files: readonly string[] = []): Promise<string> {
  const staging = await mkdtemp(join(parent, ".unfinished-"));
  await writeFile(join(staging, "results.json"), results);
  for (const file of files) await writeFile(join(staging, file), results);
  return await publishDirectory(staging, { parent, name: "id", same: (existing) => existing === results });
}

Deno.test("publishDirectory() replaces an equal run and never one with other results", () =>
  inFolder(async (parent) => {
    for (const results of ["a", "a", "b", "b"]) await publish(parent, results);
    assert.deepEqual((await readdir(parent)).sort(), ["id", "id-2"]);
    assert.equal(await readFile(join(parent, "id", "results.json"), "utf8"), "a");
    assert.equal(await readFile(join(parent, "id-2", "results.json"), "utf8"), "b");
  }));

Deno.test("publishDirectory() keeps an equal run with files that the new one lacks", () =>
  inFolder(async (parent) => {
    await publish(parent, "a", ["notes.md"]);
    assert.equal(await publish(parent, "a"), join(parent, "id-2"));
    assert.equal(await readFile(join(parent, "id", "notes.md"), "utf8"), "a");
    assert.equal(await publish(parent, "a", ["notes.md", "table"]), join(parent, "id"));
  }));

Deno.test("publishDirectory() takes the next name where a folder without results, an empty one or a file is in the way", () =>
  inFolder(async (parent) => {
    await mkdir(join(parent, "id"));
    await writeFile(join(parent, "id", "mine.txt"), "mine");
    await mkdir(join(parent, "id-2"));
    await writeFile(join(parent, "id-3"), "mine");
    assert.equal(await publish(parent, "a"), join(parent, "id-4"));
    assert.deepEqual((await readdir(parent)).sort(), ["id", "id-2", "id-3", "id-4"]);
    assert.equal(await readFile(join(parent, "id", "mine.txt"), "utf8"), "mine");
  }));

Deno.test("publishDirectory() leaves one run where equal ones publish at the same time", () =>
  inFolder(async (parent) => {
    const paths = await Promise.all(Array.from({ length: 250 }, () => publish(parent, "a", ["index.html"])));
    assert.deepEqual(new Set(paths), new Set([join(parent, "id")]));
    assert.deepEqual(await readdir(parent), ["id"]);
    assert.deepEqual((await readdir(join(parent, "id"))).sort(), ["index.html", "results.json"]);
  }));

Deno.test("publishDirectory() loses nothing where runs with other results publish at the same time", () =>
  inFolder(async (parent) => {
    const runs = Array.from({ length: 250 }, (_, index) => ["a", "b", "c"][index % 3]);
    await Promise.all(runs.map((results) => publish(parent, results)));
    const names = await readdir(parent);
    assert.deepEqual(names.filter((name) => name.startsWith(".")), []);
    const kept = await Promise.all(names.map((name) => readFile(join(parent, name, "results.json"), "utf8")));
    assert.deepEqual([...new Set(kept)].sort(), ["a", "b", "c"]);
  }));

Deno.test("publishDirectory() fails with the old and the new run where they were", async (t) => {
  const root = process.getuid?.() === 0;
  await t.step({
    name: "in a folder that cannot be written",
    // The superuser may write everywhere.
    ignore: Deno.build.os === "windows" || root,
    fn: () =>
      inFolder(async (parent) => {
        await publish(parent, "a");
        const staging = await mkdtemp(join(parent, ".unfinished-"));
        await writeFile(join(staging, "results.json"), "a");
        await chmod(parent, 0o500);
        try {
          await assert.rejects(publishDirectory(staging, { parent, name: "id", same: () => true }), /EACCES/);
          assert.equal(await readFile(join(parent, "id", "results.json"), "utf8"), "a");
          assert.equal(await readFile(join(staging, "results.json"), "utf8"), "a");
        } finally {
          await chmod(parent, 0o700);
        }
      }),
  });
  await t.step(
    "with a staging folder that is gone after the old run was moved aside",
    () =>
      inFolder(async (parent) => {
        await publish(parent, "a");
        const staging = await mkdtemp(join(parent, ".unfinished-"));
        await writeFile(join(staging, "results.json"), "a");
        let looks = 0;
        // The second look is at what was moved aside.
        const same = (): boolean => {
          if (++looks === 2) Deno.removeSync(staging, { recursive: true });
          return true;
        };
        await assert.rejects(publishDirectory(staging, { parent, name: "id", same }), /ENOENT/);
        assert.deepEqual(await readdir(parent), ["id"]);
        assert.equal(await readFile(join(parent, "id", "results.json"), "utf8"), "a");
      }),
  );
});
