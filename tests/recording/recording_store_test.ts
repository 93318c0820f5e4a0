import assert from "node:assert/strict";
import { RequestError } from "../../src/errors.ts";
import { openDevice } from "../../src/devices/mod.ts";
import { describeRecording, RecordingStore, recordNetwork, type RecordOptions } from "../../src/recording/mod.ts";
import { ownName } from "../../src/store/mod.ts";
import { inFolder } from "../in_folder.ts";
import { deadName } from "../store/dead_name.ts";
import { allLayers, request } from "./record_fixtures.ts";

const cpu = await openDevice("cpu", { threads: 2 });
const asked = (seed: number): ReturnType<typeof request> & { seed: number; label: string } => ({
  ...request(cpu),
  seed,
  label: `network ${seed}`,
});
const BYTES = describeRecording(asked(0)).bytes;

/** Runs a test with an empty directory. */
function storeTest(name: string, body: (root: string) => Promise<void>): void {
  Deno.test(name, () => inFolder((dir) => body(`${dir}/recordings`)));
}

/** Records as many networks as wanted, the first of them used longest ago. */
async function fill(root: string, count: number): Promise<string[]> {
  const keys: string[] = [];
  const store = new RecordingStore(root);
  for (let seed = 0; seed < count; seed++) {
    const recording = await recordNetwork({ ...asked(seed), to: store });
    await recording.close();
    keys.push(describeRecording(asked(seed)).key);
    const used = new Date(Date.now() - 1000 * (count - seed) * 60);
    await Deno.utime(store.pathOf(keys[seed]), used, used);
  }
  await store.close();
  return keys;
}

async function kept(root: string): Promise<string[]> {
  return (await new RecordingStore(root).list()).map(({ label }) => label ?? "");
}

/** A note such as a process leaves that uses a recording. */
async function note(root: string, key: string, owner: string): Promise<string> {
  await Deno.writeTextFile(`${root}/${key}.${owner}.use`, "");
  return `${root}/${key}.${owner}.use`;
}

storeTest("recordNetwork() into a store finds it there under its key", async (root) => {
  const store = new RecordingStore(root);
  const first = await recordNetwork({ ...asked(0), to: store });
  const second = await recordNetwork({ ...asked(0), to: store });
  assert.equal(first.path, store.pathOf(describeRecording(asked(0)).key));
  assert.deepEqual([first.groups.found, second.groups.found], [0, 5]);
  assert.deepEqual(await allLayers(first), await allLayers(second));
  const [entry, ...others] = await store.list();
  assert.equal(others.length, 0);
  const { used, ...about } = entry;
  assert.ok(Math.abs(Date.now() - used) < 60_000);
  assert.deepEqual(about, {
    key: describeRecording(asked(0)).key,
    label: "network 0",
    bytes: (await Deno.stat(first.path!)).size,
    finished: true,
    inUse: true,
    path: first.path,
  });
  await store.close();
  await store.close();
  assert.deepEqual((await store.list()).map(({ inUse }) => inUse), [false]);
  await assert.rejects(
    recordNetwork({ ...asked(0), to: store, groups: [{ condition: 0, block: 0 }] }),
    /Cannot keep a part of a recording in the store; expected the path of a file/,
  );
});

storeTest("RecordingStore removes what was used longest ago when space is needed", async (root) => {
  await fill(root, 3);
  const store = new RecordingStore(root, { limitBytes: 3.5 * BYTES });
  await (await recordNetwork({ ...asked(0), to: store })).close();
  await (await recordNetwork({ ...asked(3), to: store })).close();
  assert.deepEqual(await kept(root), ["network 3", "network 0", "network 2"]);
  await store.close();
});

storeTest("RecordingStore removes nothing that a process needs, until it is released", async (root) => {
  const keys = await fill(root, 2);
  const store = new RecordingStore(root, { limitBytes: 2.5 * BYTES });
  for (const seed of [0, 1]) await (await recordNetwork({ ...asked(seed), to: store })).close();
  await assert.rejects(recordNetwork({ ...asked(2), to: store }), (error: Error) => {
    assert.ok(error instanceof RequestError);
    assert.match(
      error.message,
      /^Cannot keep a recording of \d+\.\d kB: the limit is \d+\.\d kB, and \d+\.\d kB are in use; /,
    );
    return true;
  });
  assert.deepEqual((await kept(root)).sort(), ["network 0", "network 1"]);
  assert.equal((await Array.fromAsync(Deno.readDir(root))).filter(({ name }) => name.endsWith(".use")).length, 2);
  await store.release(keys[1]);
  await store.release(keys[1]);
  await (await recordNetwork({ ...asked(2), to: store })).close();
  assert.deepEqual((await kept(root)).sort(), ["network 0", "network 2"]);
  await store.close();
});

storeTest("RecordingStore keeps a recording that was reserved twice until it is released twice", async (root) => {
  const store = new RecordingStore(root);
  const { key } = describeRecording(asked(0));
  for (const _ of [1, 2]) await (await recordNetwork({ ...asked(0), to: store })).close();
  for (const removed of [0, 1]) {
    await store.release(key);
    assert.equal((await store.prune(0)).length, removed);
  }
  await store.close();
});

storeTest("RecordingStore knows processes that run from those that have ended", async (root) => {
  const keys = await fill(root, 3);
  const live = await note(root, keys[0], ownName());
  const dead = await note(root, keys[1], await deadName());
  const strange = await note(root, keys[2], "00000000-1-00000000");
  const lone = await note(root, "gone", await deadName());
  const store = new RecordingStore(root);
  assert.deepEqual((await store.list()).map(({ inUse }) => inUse), [true, false, true]);
  assert.deepEqual((await store.prune(0)).map(({ label }) => label), ["network 1"]);
  for (const path of [dead, lone]) await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  const past = new Date(Date.now() - 3_600_000);
  for (const path of [live, strange]) await Deno.utime(path, past, past);
  assert.deepEqual((await store.prune(0)).map(({ label }) => label), ["network 2"]);
  await Deno.remove(live);
  assert.deepEqual((await store.prune(0)).map(({ label }) => label), ["network 0"]);
  assert.deepEqual(await store.list(), []);
});

storeTest(
  "RecordingStore refuses a recording larger than its limit in one sentence, and prunes to it",
  async (root) => {
    await fill(root, 2);
    const store = new RecordingStore(root, { limitBytes: BYTES - 1 });
    await assert.rejects(recordNetwork({ ...asked(2), to: store }), {
      message:
        /^Cannot keep a recording of .* kB: the limit is .* kB, which is less; raise the limit or do not keep it$/,
    });
    assert.deepEqual(await kept(root), ["network 1", "network 0"]);
    assert.equal((await store.prune()).length, 2);
    await store.close();
  },
);

storeTest("RecordingStore lists unfinished and damaged files, and removes them like others", async (root) => {
  assert.deepEqual(await new RecordingStore(root).list(), []);
  const [key] = await fill(root, 1);
  const store = new RecordingStore(root);
  const stop = new AbortController();
  const onProgress = (done: number): void => {
    if (done > 9) stop.abort(new Error("enough"));
  };
  const inUse: boolean[] = [];
  const time: RecordOptions["time"] = async (_, work) => {
    inUse.push(...(await store.list()).filter(({ finished }) => !finished).map((unfinished) => unfinished.inUse));
    return await work();
  };
  await assert.rejects(recordNetwork({ ...asked(1), to: store, onProgress, signal: stop.signal, time }), /enough/);
  assert.ok(inUse.length > 0 && inUse.every((each) => each));
  await Deno.writeTextFile(store.pathOf("damaged"), "a shopping list");
  await Deno.writeTextFile(`${root}/notes.txt`, "of somebody else");
  const about = (await store.list()).map(({ key, label, finished, inUse }) => ({ key, label, finished, inUse }));
  about.sort((a, b) => Number(a.label?.at(-1) ?? 9) - Number(b.label?.at(-1) ?? 9));
  assert.deepEqual(about, [
    { key, label: "network 0", finished: true, inUse: false },
    { key: describeRecording(asked(1)).key, label: "network 1", finished: false, inUse: false },
    { key: "damaged", label: null, finished: true, inUse: false },
  ]);
  await store.close();
  assert.equal((await store.prune(0)).length, 3);
  assert.deepEqual((await Array.fromAsync(Deno.readDir(root))).map(({ name }) => name), ["notes.txt"]);
});
