import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { openDevice } from "../../src/devices/mod.ts";
import { describeRecording, RecordingStore, recordNetwork } from "../../src/recording/mod.ts";
import { PreparedImages, PreparedStore } from "../../src/stimuli/mod.ts";
import { request } from "../recording/record_fixtures.ts";

const TASK = fileURLToPath(new URL("../../tasks/store.ts", import.meta.url));
const cpu = await openDevice("cpu", { threads: 1 });

async function run(cache: string, ...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=store", "--no-check", "--no-prompt", TASK, ...args],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { FUSIFORM_CACHE: cache, NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), error: text(stderr) };
}

Deno.test("deno task store lists what is kept and prunes to a limit, with its own permissions alone", async () => {
  const cache = await Deno.makeTempDir();
  try {
    const empty = await run(cache);
    assert.equal(empty.code, 0, empty.error);
    assert.equal(empty.out, `0 recordings, 0 B of 10.7 GB in ${cache}/recordings\n`);

    const store = new RecordingStore(`${cache}/recordings`);
    const asked = { ...request(cpu), to: store };
    for (const seed of [0, 1]) await (await recordNetwork({ ...asked, seed, label: `net-${seed}` })).close();
    const past = new Date("2025-01-02T03:04:05Z");
    const { key, bytes } = describeRecording({ ...asked, seed: 0, label: "net-0" });
    await Deno.utime(store.pathOf(key), past, past);

    const used = await run(cache, "prune", "--limit", "0");
    assert.match(used.out, /^removed 0 recordings, 0 B; 2 recordings, 185\.\d kB left in /m);
    await store.close();

    const listed = await run(cache, "list");
    const [newest, oldest, sum] = listed.out.split("\n");
    assert.match(newest, /^[0-9a-f]{12} +\d\d\.\d kB {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}net-1$/);
    assert.match(oldest, new RegExp(`^${key.slice(0, 12)} .* kB  2025-01-02 03:04  net-0$`));
    assert.match(sum, /^2 recordings, 185\.\d kB of 10\.7 GB in /);
    const json = JSON.parse((await run(cache, "list", "--json")).out);
    assert.deepEqual([json[1].key, json[1].bytes, json[1].inUse], [key, bytes, false]);

    const pruned = await run(cache, "prune", "--limit", "100KB");
    assert.equal(pruned.code, 0, pruned.error);
    assert.match(
      pruned.out,
      /^removed [0-9a-f]{12} .* net-0\nremoved 1 recording, 92\.\d kB; 1 recording, 92\.\d kB left/,
    );
    const kept = await run(cache, "prune");
    assert.match(kept.out, /^removed 0 recordings, 0 B; 1 recording, /);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("deno task store lists prepared images after the recordings, and removes what recordings leave no space for", async () => {
  const cache = await Deno.makeTempDir();
  try {
    const store = new PreparedStore(`${cache}/images`);
    const data = new Uint8Array(12 * 9 * 3).map((_, i) => i);
    const stimuli = ["a", "b"].map((id) => ({
      id,
      condition: id,
      category: id,
      pixels: () => Promise.resolve({ width: 12, height: 9, data }),
    }));
    const set = { name: "mine", hash: "1".repeat(64), stimuli };
    const recipe = { resize: 8, crop: 8, interpolation: "nearest" } as const;
    const prepared = new PreparedImages(set, { store, threads: 1 });
    await Promise.all([0, 1].map((index) => prepared.planes(index, recipe)));
    await prepared.close();
    const listed = (await run(cache)).out.split("\n");
    assert.match(listed[0], /^0 recordings, 0 B of /);
    assert.match(listed[1], /^[0-9a-f]{12} +\d+ B {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}images of mine, 8 to 8, nearest$/);
    assert.match(listed[2], /^1 set of images, \d+ B of 4\.3 GB in .*\/images$/);
    const [{ path, label }] = JSON.parse((await run(cache, "list", "--json")).out);
    assert.deepEqual([path, label], [store.pathOf(set.hash, recipe), "images of mine, 8 to 8, nearest"]);
    assert.match((await run(cache, "prune", "--limit", "1MB")).out, /^removed 0 sets of images, 0 B; 1 set of /m);
    assert.match(
      (await run(cache, "prune", "--limit", "0")).out,
      /^removed 1 set of images, \d+ B; 0 sets of images, 0 B/m,
    );
    assert.deepEqual(await store.list(), []);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("deno task store refuses what it does not know with status 2", async () => {
  const cache = await Deno.makeTempDir();
  for (const args of [["prune", "--limit", "much"], ["prune", "--limit", "5XB"], ["sell"], ["--all"]]) {
    const { code, error } = await run(cache, ...args);
    assert.equal(code, 2, error);
    assert.match(error, /error: .*/);
  }
  await Deno.remove(cache, { recursive: true });
});
