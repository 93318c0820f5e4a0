import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RequestError } from "../../src/errors.ts";
import { formatModelsLock, type ModelsLock } from "../../src/lock/mod.ts";
import { readModelsLock } from "../../src/store/mod.ts";
import { addEntry, updateEntries } from "../../tasks/lock/change.ts";
import { updateLock } from "../../src/training/mod.ts";
import { entryFields } from "../../tasks/lock/entry_options.ts";

const EMPTY: ModelsLock = { version: 1, models: [] };
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const FLAGS = {
  title: "Mine",
  supervision: "vision",
  role: "labels alone",
  architecture: "resnet50",
  format: "safetensors",
  trainingData: "images",
  language: "none",
  preprocessing: "imagenet",
};

async function withRoot(use: (root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "fusiform-lock-"));
  try {
    await writeFile(join(root, "mine.safetensors"), "one");
    await use(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

Deno.test("addEntry() hashes a file of the project, and adding it again changes nothing", async () => {
  await withRoot(async (root) => {
    const fields = await entryFields({ ...FLAGS, path: "mine.safetensors" });
    const lock = await addEntry(EMPTY, { id: "mine", fields, root });
    const [entry] = lock.models;
    assert.deepEqual([entry.bytes, entry.sha256, entry.status, entry.family], [3, sha256("one"), "local", "mine"]);
    assert.equal(entry.preprocessing.resize, 256);
    const { trainingData: _, language: __, ...silent } = FLAGS;
    const unstated = await addEntry(EMPTY, {
      id: "mine",
      fields: await entryFields({ ...silent, path: "mine.safetensors" }),
      root,
    });
    assert.deepEqual([unstated.models[0].trainingData, unstated.models[0].language], ["not stated", "not stated"]);
    await assert.rejects(
      addEntry(EMPTY, { id: "x", fields: await entryFields({ ...silent, url: "https://example.org/x" }), root }),
      /trainingData of "x": missing/,
    );
    assert.equal(await addEntry(lock, { id: "mine", fields, root }), lock);
    await assert.rejects(
      addEntry(lock, { id: "mine", fields: { ...fields, title: "Other" }, root }),
      (error: Error) => {
        assert.ok(error instanceof RequestError);
        assert.match(error.message, /^Cannot add "mine": the lock has another entry of that id/);
        return true;
      },
    );
    await assert.rejects(
      addEntry(EMPTY, { id: "mine", fields: { ...fields, source: { path: "absent" } }, root }),
      /Cannot hash absent/,
    );
  });
});

Deno.test("addEntry() gives a download the status that its pin supports", async () => {
  const status = async (flags: Record<string, string>): Promise<string> => {
    const fields = await entryFields({ ...FLAGS, url: "https://example.org/x", ...flags });
    return (await addEntry(EMPTY, { id: "x", fields, root: "." })).models[0].status;
  };
  assert.equal(await status({}), "none");
  assert.equal(await status({ sha256Prefix: "0123abcd" }), "prefix");
  assert.equal(await status({ sha256: "0".repeat(64), status: "single" }), "single");
  await assert.rejects(status({ sha256: "0".repeat(63) }), /models\[0\]\.sha256 of "x": expected 64 lower-case/);
});

Deno.test("updateEntries() hashes changed files again, and changes fields and pins of the entries named", async () => {
  await withRoot(async (root) => {
    const mine = await entryFields({ ...FLAGS, path: "mine.safetensors" });
    const theirs = await entryFields({ ...FLAGS, url: "https://example.org/x", sha256Prefix: "0123abcd" });
    let lock = await addEntry(EMPTY, { id: "mine", fields: mine, root });
    lock = await addEntry(lock, { id: "theirs", fields: theirs, root });
    assert.deepEqual(await updateEntries(lock, { ids: [], fields: {}, root }), lock);
    await writeFile(join(root, "mine.safetensors"), "other");
    const fresh = await updateEntries(lock, { ids: [], fields: {}, root });
    assert.deepEqual([fresh.models[0].bytes, fresh.models[0].sha256], [5, sha256("other")]);
    assert.deepEqual(fresh.models[1], lock.models[1]);
    const fields = { sha256: "0".repeat(64), status: "single" };
    const pinned = await updateEntries(lock, { ids: ["theirs"], fields, root });
    assert.deepEqual([pinned.models[1].sha256, pinned.models[1].sha256Prefix], ["0".repeat(64), undefined]);
    await assert.rejects(
      updateEntries(lock, { ids: ["nobody"], fields, root }),
      /Cannot update "nobody": the lock has no such/,
    );
  });
});

Deno.test("adding and changing networks leaves the text encoders as they are", async () => {
  const before = await readModelsLock();
  assert.equal(before.encoders?.length, 1);
  const fields = await entryFields({ ...FLAGS, url: "https://example.org/x", sha256: "0".repeat(64) });
  const added = await addEntry(before, { id: "x", fields, root: "." });
  assert.deepEqual(added.encoders, before.encoders);
  const changed = await updateEntries(added, { ids: ["x"], fields: { title: "Y" }, root: "." });
  assert.deepEqual(changed.encoders, before.encoders);
  await withRoot(async (root) => {
    const path = join(root, "models.lock.json");
    await writeFile(path, formatModelsLock(added));
    await updateLock(path, [{ ...added.models[0], title: "Z" }]);
    const after = await readModelsLock(root);
    assert.deepEqual([after.encoders, after.models[0].title], [before.encoders, "Z"]);
  });
  await assert.rejects(
    addEntry(before, { id: "all-minilm-l6-v2", fields, root: "." }),
    /encoders\[0\]\.id of "all-minilm-l6-v2": also the id of models\[\d+\]$/,
  );
});

Deno.test("lock list shows text encoders beside networks and sets", async () => {
  const list = async (...args: string[]): Promise<string> => {
    const task = fileURLToPath(new URL("../../tasks/lock.ts", import.meta.url));
    const command = new Deno.Command(Deno.execPath(), { args: ["run", "-A", "--no-check", task, "list", ...args] });
    return new TextDecoder().decode((await command.output()).stdout);
  };
  assert.match(await list(), /^all-minilm-l6-v2 +corroborated +91\.1 MB {2}all-MiniLM-L6-v2, text encoder$/m);
  assert.deepEqual(JSON.parse(await list("--json")).encoders, (await readModelsLock()).encoders);
});
