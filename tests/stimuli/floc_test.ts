import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "fast-png";
import type { FileSetEntry } from "../../src/lock/mod.ts";
import { flocListing, flocSet, type FlocSetOptions, setHash } from "../../src/stimuli/mod.ts";
import { readStimuliLock, Store } from "../../src/store/mod.ts";
import { type Behaviour, LoopbackServer } from "../store/loopback_server.ts";

const FILES = new Map(
  ["adult", "child", "house", "scrambled"].flatMap((folder, f) =>
    Array.from({ length: 5 }, (_, i): [string, Uint8Array] => [
      `${folder}/${folder}-${i + 1}.png`,
      encode({ width: 2, height: 2, channels: 1, depth: 8, data: new Uint8Array(4).fill(16 * f + i) }),
    ])
  ),
);
const PINS = [...FILES].map(([id, bytes]) => ({ id, sha256: createHash("sha256").update(bytes).digest("hex") }));
const ENTRY: FileSetEntry = {
  id: "floc",
  kind: "files",
  title: "fLoc",
  images: PINS.length,
  sha256: setHash(PINS),
  source: "example.org at commit 1111111",
  licence: null,
  citation: "Stigliani et al. 2015",
  doi: null,
  bibtex: null,
  redistributable: false,
  url: "https://example.org/set/stimuli/",
  commit: "1".repeat(40),
  root: "stimuli",
  bytes: 1,
  files: PINS.map(({ id, sha256 }) => `${id} ${sha256}`),
};

const whole: Behaviour = async ({ path }, answer) => {
  const bytes = FILES.get(path.replace("/example.org/set/stimuli/", ""));
  if (bytes === undefined) return await answer.head(404, { "content-length": 0 });
  await answer.head(200, { "content-length": bytes.length });
  await answer.body(bytes);
};

interface Place {
  readonly server: LoopbackServer;
  readonly store: Store;
  open(options?: Partial<FlocSetOptions>): ReturnType<typeof flocSet>;
}

async function withServer(behaviour: Behaviour, use: (place: Place) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "fusiform-floc-"));
  try {
    await using server = new LoopbackServer(behaviour);
    const store = new Store(root);
    const open = (options: Partial<FlocSetOptions> = {}) =>
      flocSet({ entry: ENTRY, store, mirror: server.url, delayMs: 1, idleMs: 50, ...options });
    await use({ server, store, open });
  } finally {
    await rm(root, { recursive: true });
  }
}

Deno.test("flocSet() fetches every pinned file once, pools the folders, and then works offline", async () => {
  await withServer(whole, async ({ server, open }) => {
    const seen: number[] = [];
    const set = await open({ onProgress: ({ done, total }) => seen.push(done / total) });
    assert.deepEqual(set.conditions, ["faces", "places", "scrambled"]);
    assert.equal(set.stimuli.length, 20);
    assert.equal(set.hash, ENTRY.sha256);
    assert.equal(seen.at(-1), 1);
    assert.equal(server.asked.length, 20);
    const image = set.stimuli.find(({ id }) => id === "house/house-2.png")!;
    assert.deepEqual([image.condition, image.category], ["places", "house"]);
    assert.equal((await image.pixels()).data[0], 33);
    assert.equal((await open({ offline: true })).hash, ENTRY.sha256);
    assert.equal(server.asked.length, 20);
  });
});

Deno.test("flocSet() takes the first of each category by name, and fetches no more", async () => {
  await withServer(whole, async ({ server, open }) => {
    const set = await open({ limit: 4 });
    assert.equal(set.stimuli.length, 16);
    assert.equal(server.asked.length, 16);
    assert.ok(!set.stimuli.some(({ id }) => id.includes("-5")));
    assert.notEqual(set.hash, ENTRY.sha256);
    assert.equal(set.title, "fLoc, 16 of 20 images");
    await assert.rejects(
      open({ limit: 3 }),
      /condition "places" has 3 images, "scrambled" has 3 images; expected at least 4/,
    );
  });
});

Deno.test("flocSet() says how many files are missing where it is offline", async () => {
  await withServer(whole, async ({ server, open }) => {
    await open({ limit: 4 });
    const before = server.asked.length;
    await assert.rejects(
      open({ offline: true }),
      /^Error: Cannot use the stimuli "floc": 4 of 20 files are not in the store at .*; fetch them without --offline first/,
    );
    assert.equal(server.asked.length, before);
  });
});

Deno.test("flocSet() refuses a file that is not the pinned one and stops the other downloads", async () => {
  await withServer(async (asked, answer) => {
    if (!asked.path.endsWith("adult-1.png")) return await whole(asked, answer);
    await answer.head(200, { "content-length": 3 });
    await answer.body(new Uint8Array(3));
  }, async ({ server, store, open }) => {
    await assert.rejects(open({ concurrency: 2 }), { name: "HashMismatchError", id: "floc/adult/adult-1.png" });
    assert.equal(await store.has(PINS[0].sha256), false);
    assert.ok(server.asked.length < 20, `${server.asked.length} requests`);
  });
});

Deno.test("flocSet() refuses a list that is not the pinned list", async () => {
  await withServer(whole, async ({ server, open }) => {
    const files = [...ENTRY.files];
    [files[0], files[1]] = [
      `${files[0].split(" ")[0]} ${files[1].split(" ")[1]}`,
      `${files[1].split(" ")[0]} ${files[0].split(" ")[1]}`,
    ];
    await assert.rejects(open({ entry: { ...ENTRY, files } }), { name: "HashMismatchError", id: "floc" });
    assert.equal(server.asked.length, 0);
  });
});

Deno.test("stimuli.lock.json pins fLoc: 144 images in each of eleven folders, with the hash of the list", async () => {
  const lock = await readStimuliLock();
  const entry = lock.sets.find((set): set is FileSetEntry => set.kind === "files" && set.id === "floc")!;
  const counts = new Map<string, number>();
  for (const line of entry.files) counts.set(line.split("/")[0], (counts.get(line.split("/")[0]) ?? 0) + 1);
  assert.deepEqual([...counts.values()], new Array(11).fill(144));
  assert.equal(
    entry.sha256,
    setHash(entry.files.map((line) => ({ id: line.split(" ")[0], sha256: line.split(" ")[1] }))),
  );
  assert.ok(entry.url.includes(entry.commit));
});

Deno.test("flocListing() counts a pinned image once, and refuses it in two conditions", () => {
  const listing = (more: { id: string; sha256: string }) => {
    const pins = [...PINS, more];
    const files = pins.map(({ id, sha256 }) => `${id} ${sha256}`);
    return flocListing({ entry: { ...ENTRY, files, sha256: setHash(pins) }, store: new Store("nowhere") });
  };
  const { sha256 } = PINS[0];
  const { stimuli, duplicates, hash } = listing({ id: "child/copy.png", sha256 });
  assert.equal(stimuli.length, PINS.length);
  assert.deepEqual(duplicates, [{ image: PINS[0].id, copies: ["child/copy.png"] }]);
  assert.equal(hash, ENTRY.sha256);
  assert.throws(() => listing({ id: "house/copy.png", sha256 }), /are the same file in two conditions/);
});
