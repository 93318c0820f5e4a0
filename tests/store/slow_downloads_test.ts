import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RequestError } from "../../src/errors.ts";
import type { ModelEntry } from "../../src/lock/mod.ts";
import { type FetchOptions, fetchToStore, resolveWeights, Store } from "../../src/store/mod.ts";
import { writeSafetensors } from "../../src/weights/mod.ts";
import { inFolder } from "../in_folder.ts";
import { type Behaviour, LoopbackServer, wellBehaved } from "./loopback_server.ts";

const FAST: FetchOptions = { delayMs: 1, stallMs: 2000, idleMs: 60 };
const WEIGHTS = writeSafetensors(new Map([["w", { data: new Float32Array(4), shape: [4] }]]));
const SHA256 = createHash("sha256").update(WEIGHTS).digest("hex");

interface Place {
  readonly store: Store;
  readonly server: LoopbackServer;
  /** Asks for weights that nothing pins. */
  get(options?: FetchOptions): Promise<{ readonly sha256: string }>;
}

async function withServer(behaviour: Behaviour, use: (place: Place) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await using server = new LoopbackServer(behaviour);
    const store = new Store(folder);
    const entry = { id: "net", status: "none", source: { url: `${server.url}/net` } } as unknown as ModelEntry;
    const get: Place["get"] = (options = {}) =>
      resolveWeights(entry, { ...FAST, allowUnpinned: true, ...options, store });
    await use({ store, server, get });
  });
}

/** A hundred bytes, ten times a second, for as long as somebody takes them. */
const drip: Behaviour = async (_asked, answer) => {
  await answer.head(200, { "content-length": 1_000_000, etag: `"one"` });
  for (;;) {
    await answer.body(new Uint8Array(100));
    await sleep(100);
  }
};

async function leftovers(store: Store): Promise<string[]> {
  const entries = await readdir(store.root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

Deno.test("fetchToStore() gives up a connection that brings too little, and keeps what came", () =>
  withServer(drip, async ({ store, get }) => {
    await assert.rejects(
      get({ leastRate: 5000, rateMs: 300, tries: 2 }),
      /^Error: Cannot fetch "net" from http.*: only \d+ bytes came in 0\.3 s; expected at least 5000 a second, after 2 tries$/,
    );
    assert.ok((await leftovers(store)).some((name) => name.endsWith(".idle.part")));
  }));

Deno.test("fetchToStore() ends at its deadline, whatever comes, and keeps what came", () =>
  withServer(drip, async ({ store, get }) => {
    const before = performance.now();
    await assert.rejects(
      get({ deadlineMs: 400 }),
      /^Error: Cannot fetch "net" from http.*: it took more than 0\.4 s; run the command again to continue where it stopped$/,
    );
    assert.ok(performance.now() - before < 3000);
    assert.ok((await leftovers(store)).some((name) => name.endsWith(".idle.part")));
  }));

Deno.test("fetchToStore() takes no more of a file whose size is not pinned than the limit, stated or not", async () => {
  const content = new Uint8Array(50_000);
  await withServer(wellBehaved(content), async ({ get }) => {
    await assert.rejects(
      get({ mostUnpinnedBytes: 40_000 }),
      /sends 50000 bytes or more; expected at most 40000 of a file/,
    );
  });
  const unstated: Behaviour = async (_asked, answer) => {
    await answer.head(200);
    for (let i = 0; i < 1000; i++) await answer.body(content);
  };
  await withServer(unstated, async ({ store, get }) => {
    await assert.rejects(
      get({ mostUnpinnedBytes: 40_000 }),
      /or more; expected at most 40000 of a file whose size is not/,
    );
    await assert.rejects(readdir(join(store.root, "recorded")));
  });
});

Deno.test("what a server sends in place of weights is told by its bytes, and neither kept nor recorded", async () => {
  const sent: readonly [string, RegExp][] = [
    ["<!DOCTYPE html><html><body>Please log in</body></html>", /is a web page or XML; expected weights/],
    ["\ufeff\n  <html>", /is a web page or XML/],
    ['{"error": "quota exceeded, try again"}', /is of an unknown format \(first bytes 7b 22 65 72\); expected weights/],
    ["version https://git-lfs.github.com/spec/v1\n", /is a Git LFS pointer/],
    ["Too many requests", /is of an unknown format/],
  ];
  for (const [text, told] of sent) {
    // The header says what weights come as, so that only the bytes can tell.
    const behaviour: Behaviour = async (_asked, answer) => {
      const bytes = new TextEncoder().encode(text);
      await answer.head(200, { "content-length": bytes.length, "content-type": "application/octet-stream" });
      await answer.body(bytes);
    };
    await withServer(behaviour, async ({ store, get }) => {
      await assert.rejects(get(), told, text);
      assert.deepEqual(await leftovers(store), [], text);
    });
  }
  await withServer(wellBehaved(WEIGHTS), async ({ get }) => assert.equal((await get()).sha256, SHA256));
});

Deno.test("a damaged record names its file and the command that mends it, and that command mends it", () =>
  withServer(wellBehaved(WEIGHTS), async ({ store, server, get }) => {
    await get();
    const [name] = await readdir(join(store.root, "recorded"));
    const path = join(store.root, "recorded", name);
    const whole = await readFile(path, "utf8");
    for (const text of ["", "{", "null", "[]", '{"sha256": 1}', whole.replace(SHA256, "afeb0e10")]) {
      await writeFile(path, text);
      await assert.rejects(
        fetchToStore(store, { id: "net", url: `${server.url}/net`, pin: {} }, FAST),
        (error) => {
          assert.ok(error instanceof RequestError);
          assert.ok(error.message.includes(path), error.message);
          assert.match(error.message, /it is damaged; "deno task fetch --allow-unpinned" fetches the file and records/);
          return true;
        },
        text,
      );
      assert.equal((await get()).sha256, SHA256);
      assert.equal(await readFile(path, "utf8"), whole);
    }
  }));
