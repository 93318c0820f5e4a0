import assert from "node:assert/strict";
import { open, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "fast-png";
import {
  folderSet,
  PreparedImages,
  PreparedStore,
  preprocess,
  type StimulusSet,
  THUMBNAIL,
  thumbnail,
  withScrambled,
} from "../../src/stimuli/mod.ts";
import { withFolder } from "./image_folder.ts";

const RECIPE = { resize: 20, crop: 16, interpolation: "bicubic", mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.4] } as const;

/** A noisy picture, grey or in colour. */
function picture(seed: number, channels: 1 | 3): Uint8Array {
  const data = Uint8Array.from({ length: 40 * 30 * channels }, (_, i) => (i * i * 7 + seed * 31) % 253);
  return encode({ width: 40, height: 30, channels, depth: 8, data });
}

/** A folder of grey faces and of places, the first of them grey and the others in colour; its set with scrambled controls, and a store beside it. */
async function withSet(use: (set: StimulusSet, cache: string, dir: string) => Promise<void>): Promise<void> {
  const files = Object.fromEntries(
    ["faces", "places"].flatMap((folder, f) =>
      [1, 2, 3, 4].map((i) => [`set/${folder}/${i}.png`, picture(10 * f + i, f === 0 || i === 1 ? 1 : 3)])
    ),
  );
  await withFolder(files, async (dir) => {
    await use(withScrambled(await folderSet(join(dir, "set"))), join(dir, "cache"), join(dir, "set"));
  });
}

/** Loads every image, and gives what was told meanwhile. */
async function loadAll(
  set: StimulusSet,
  store: PreparedStore | null,
  threads = 2,
): Promise<{ values: Float32Array[]; notices: string[] }> {
  const notices: string[] = [];
  const prepared = new PreparedImages(set, {
    recipes: [RECIPE, THUMBNAIL],
    store,
    threads,
    onNotice: (sentence) => void notices.push(sentence),
  });
  try {
    return { values: await Promise.all(set.stimuli.map((_, index) => prepared.load(index, RECIPE))), notices };
  } finally {
    await prepared.close();
  }
}

Deno.test("PreparedImages gives what preprocess() gives, made and read, with 1, 2 and 4 threads", async () => {
  await withSet(async (set, cache) => {
    const expected = await Promise.all(set.stimuli.map(async ({ pixels }) => preprocess(await pixels(), RECIPE)));
    assert.equal(expected.length, 12);
    for (const threads of [1, 2, 4]) {
      const store = new PreparedStore(join(cache, `${threads}`));
      assert.deepEqual(await loadAll(set, store, threads), { values: expected, notices: [] });
      assert.deepEqual(await loadAll(set, store, threads), { values: expected, notices: [] });
      assert.equal((await store.list()).length, 2);
    }
    // Images that only a function knows.
    const drawn = { ...set, stimuli: set.stimuli.map(({ origin: _, ...rest }) => rest) };
    assert.deepEqual((await loadAll(drawn, null)).values, expected);
  });
});

Deno.test("PreparedImages decodes nothing that the store has, and keeps grey images in one plane", async () => {
  await withSet(async (set, cache, dir) => {
    const store = new PreparedStore(cache);
    const { values } = await loadAll(set, store);
    const kept = (await store.list()).find(({ label }) => label === "images of set, 20 to 16, bicubic")!;
    // Grey: four faces, a place and its control.
    const planes = 6 + 3 * 6;
    assert.ok(kept.bytes > planes * 256 && kept.bytes < planes * 256 + 3000, String(kept.bytes));
    await rm(dir, { recursive: true });
    assert.deepEqual(await loadAll(set, store), { values, notices: [] });
    // Another recipe and another set are others.
    await assert.rejects(
      new PreparedImages(set, { store }).load(0, { ...RECIPE, crop: 15 }),
      /^RequestError: Cannot read/,
    );
    await assert.rejects(loadAll({ ...set, hash: "0".repeat(64) }, store), /Cannot read/);
  });
});

Deno.test("PreparedImages adds to what the store has, and keeps what an interrupted run has made", async () => {
  await withSet(async (set, cache) => {
    const store = new PreparedStore(cache);
    const first = new PreparedImages(set, { store });
    const some = await first.load(3, RECIPE);
    await first.close();
    const [{ bytes }] = await store.list();
    const second = new PreparedImages(set, { store });
    assert.deepEqual(await second.load(3, RECIPE), some);
    await second.load(0, RECIPE);
    await second.close();
    const [grown, ...others] = await store.list();
    assert.ok(others.length === 0 && grown.bytes > bytes);
    const controller = new AbortController();
    const third = new PreparedImages(set, { store, signal: controller.signal });
    await third.load(5, RECIPE);
    controller.abort(new Error("enough"));
    await assert.rejects(third.load(6, RECIPE), /enough/);
    await third.close();
    assert.ok((await store.list())[0].bytes > grown.bytes);
    assert.deepEqual(await readdir(cache), [grown.path.slice(cache.length + 1)]);
  });
});

Deno.test("PreparedImages of two runs at once share a store", async () => {
  await withSet(async (set, cache) => {
    const notices: string[] = [];
    const store = new PreparedStore(cache);
    const open = () => new PreparedImages(set, { store, onNotice: (sentence) => void notices.push(sentence) });
    const begun = open();
    for (const index of [2, 3]) await begun.load(index, RECIPE);
    await begun.close();
    const [one, other] = [open(), open()];
    const values = await Promise.all([one, other].map((run) => run.load(2, RECIPE)));
    assert.deepEqual(values[0], values[1]);
    for (const index of [0, 1]) await one.load(index, RECIPE);
    await one.close();
    // It was opened before the file was another.
    for (const index of [5, 3, 2]) await other.load(index, RECIPE);
    await other.close();
    const expected = await Promise.all(set.stimuli.map(async (one) => preprocess(await one.pixels(), RECIPE)));
    assert.deepEqual(await loadAll(set, store), { values: expected, notices: [] });
    assert.deepEqual(notices, []);
  });
});

Deno.test("PreparedImages notices a damaged image, makes it again and leaves a whole file", async () => {
  await withSet(async (set, cache) => {
    const store = new PreparedStore(cache);
    const { values } = await loadAll(set, store);
    const path = store.pathOf(set.hash, RECIPE);
    const handle = await open(path, "r+");
    await handle.write(new Uint8Array([1, 2, 3]), 0, 3, 10);
    await handle.close();
    const healed = await loadAll(set, store);
    assert.deepEqual(healed.values, values);
    assert.equal(healed.notices.length, 1);
    assert.match(healed.notices[0], /^The prepared image ".+" in ".+\.images" is damaged and is made again$/);
    assert.deepEqual(await loadAll(set, store), { values, notices: [] });

    const whole = await readFile(path);
    for (const damaged of [whole.subarray(0, whole.length - 100), whole.subarray(0, 20), new Uint8Array(5000), ""]) {
      await writeFile(path, damaged);
      const again = await loadAll(set, store);
      assert.deepEqual(again.values, values);
      assert.match(again.notices.join(), /^The prepared images in ".+" are damaged and are made again$/);
      assert.deepEqual(await loadAll(set, store), { values, notices: [] });
    }
  });
});

Deno.test("PreparedImages keeps nothing without a store, and goes on where a store cannot be written", async () => {
  await withSet(async (set, cache) => {
    const { values } = await loadAll(set, null);
    assert.deepEqual(await new PreparedStore(cache).list(), []);
    await writeFile(cache, "a file where the folder should be");
    const notices: string[] = [];
    const prepared = new PreparedImages(set, {
      store: new PreparedStore(join(cache, "images")),
      onNotice: (sentence) => void notices.push(sentence),
    });
    for (const index of [0, 1]) assert.deepEqual(await prepared.load(index, RECIPE), values[index]);
    await prepared.close();
    assert.match(notices[0], /^Prepared images are not kept: cannot write ".+": /);
    assert.match(notices[1], /^Cannot prune the prepared images in ".+images": /);
  });
});

Deno.test("PreparedImages names an image that cannot be decoded, and the others are there", async () => {
  await withSet(async (set, _, dir) => {
    await writeFile(join(dir, "faces/2.png"), picture(1, 1).slice(0, 60));
    const damaged = await folderSet(dir);
    const prepared = new PreparedImages(damaged, { recipes: [THUMBNAIL] });
    const loads = damaged.stimuli.map((_, index) => prepared.load(index, RECIPE));
    const failed = (await Promise.allSettled(loads)).filter((load) => load.status === "rejected");
    assert.equal(failed.length, 1);
    assert.match(failed[0].reason.message, /^Cannot decode ".*2\.png": damaged or truncated PNG \(/);
    await prepared.close();
    assert.equal(set.stimuli.length, 12);
  });
});

Deno.test("PreparedImages draws the same thumbnails as thumbnail()", async () => {
  await withSet(async (set) => {
    const prepared = new PreparedImages(set, { recipes: [RECIPE] });
    for (const index of [0, 4, 9]) {
      assert.equal(await prepared.thumbnail(index), await thumbnail(await set.stimuli[index].pixels()));
    }
    await prepared.close();
  });
});

Deno.test("PreparedStore removes what was used longest ago, and what a dead process left", async () => {
  await withSet(async (set, cache) => {
    const store = new PreparedStore(cache);
    await loadAll(set, store);
    const old = store.pathOf(set.hash, THUMBNAIL);
    const past = new Date("2025-01-02T03:04:05Z");
    await utimes(old, past, past);
    const left = `${store.pathOf("0".repeat(64), RECIPE)}.idle.part`;
    await writeFile(left, "left");
    await utimes(left, past, past);
    const [newest] = await store.list();
    assert.deepEqual((await store.prune(newest.bytes)).map(({ path }) => path).sort(), [left, old].sort());
    assert.deepEqual((await store.list()).map(({ path }) => path), [store.pathOf(set.hash, RECIPE)]);
    // A limit holds when images are closed.
    await loadAll(set, new PreparedStore(cache, { limitBytes: newest.bytes }));
    assert.equal((await store.list()).length, 1);
  });
});
