import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { noteUnfinished, onUnfinished, removeUnfinished } from "../../src/store/mod.ts";
import { inFolder } from "../in_folder.ts";

Deno.test("removeUnfinished() removes a folder and the empty folders that were made for it, and no other", () =>
  inFolder(async (root) => {
    const path = join(root, "made", "deep", "staging");
    await mkdir(path, { recursive: true });
    await writeFile(join(path, "file"), "");
    await removeUnfinished({ path, made: join(root, "made") });
    assert.deepEqual(await readdir(root), []);
    await removeUnfinished({ path, made: join(root, "made") });
    await mkdir(path, { recursive: true });
    await removeUnfinished({ path, made: null });
    assert.deepEqual(await readdir(join(root, "made")), ["deep"]);
  }));

Deno.test("removeUnfinished() leaves folders that another writer uses", () =>
  inFolder(async (root) => {
    const path = join(root, "made", "deep", "staging");
    await mkdir(path, { recursive: true });
    await writeFile(join(root, "made", "other"), "");
    await removeUnfinished({ path, made: join(root, "made") });
    assert.deepEqual(await readdir(join(root, "made")), ["other"]);
  }));

Deno.test("noteUnfinished() tells listeners of an entry and of its end", () => {
  const told: [string, boolean][] = [];
  onUnfinished(({ path }, open) => told.push([path, open]));
  const finish = noteUnfinished({ path: "/somewhere", made: null });
  finish();
  assert.deepEqual(told, [["/somewhere", true], ["/somewhere", false]]);
});
