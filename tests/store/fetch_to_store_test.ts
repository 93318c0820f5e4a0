import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HashMismatchError, RequestError } from "../../src/errors.ts";
import type { Pin } from "../../src/lock/mod.ts";
import { type FetchOptions, fetchToStore, Store } from "../../src/store/mod.ts";
import { type Behaviour, LoopbackServer, wellBehaved } from "./loopback_server.ts";

const CONTENT = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 255);
const SHA256 = createHash("sha256").update(CONTENT).digest("hex");
const PIN: Pin = { bytes: CONTENT.length, sha256: SHA256 };
const FAST: FetchOptions = { delayMs: 1, stallMs: 2000, idleMs: 60 };

interface Place {
  readonly store: Store;
  readonly server: LoopbackServer;
  get(pin: Pin, options?: FetchOptions): ReturnType<typeof fetchToStore>;
}

async function withServer(behaviour: Behaviour, use: (place: Place) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "fusiform-store-"));
  try {
    await using server = new LoopbackServer(behaviour);
    const store = new Store(root);
    const get = (pin: Pin, options: FetchOptions = {}) =>
      fetchToStore(store, { id: "net", url: `${server.url}/net.pth`, pin }, { ...FAST, ...options });
    await use({ store, server, get });
  } finally {
    await rm(root, { recursive: true });
  }
}

/** Every file in the store that is not a record. */
async function filesIn(store: Store): Promise<string[]> {
  const entries = await readdir(store.root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.endsWith("recorded")).map(({ name }) => name);
}

async function isStored(store: Store, bytes = CONTENT): Promise<void> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  assert.deepEqual(new Uint8Array(await readFile(store.pathOf(sha256))), bytes);
  assert.deepEqual(await filesIn(store), [sha256]);
}

Deno.test("fetchToStore() puts a pinned file under its hash and does not ask for it again", async () => {
  await withServer(wellBehaved(CONTENT), async ({ store, server, get }) => {
    const seen: number[] = [];
    const fetched = await get(PIN, {
      onProgress: ({ receivedBytes, totalBytes }) => {
        assert.equal(totalBytes, CONTENT.length);
        seen.push(receivedBytes);
      },
    });
    assert.deepEqual(fetched, { path: store.pathOf(SHA256), sha256: SHA256, bytes: CONTENT.length, downloaded: true });
    assert.equal(seen.at(-1), CONTENT.length);
    await isStored(store);
    assert.equal((await get(PIN, { offline: true })).downloaded, false);
    assert.equal(server.asked.length, 1);
  });
});

Deno.test("fetchToStore() continues after truncated answers, from where they stopped", async () => {
  let requests = 0;
  const good = wellBehaved(CONTENT);
  await withServer(async (asked, answer) => {
    if (++requests > 2) return await good(asked, answer);
    await good(asked, { ...answer, body: (bytes) => answer.body(bytes.subarray(0, 100_000)) });
  }, async ({ store, server, get }) => {
    await get(PIN);
    await isStored(store);
    assert.deepEqual(server.asked.map(({ range }) => range), [undefined, "bytes=100000-", "bytes=200000-"]);
    assert.deepEqual(server.asked.map(({ ifRange }) => ifRange), [undefined, `"one"`, `"one"`]);
  });
});

Deno.test("fetchToStore() begins again where the server ignores ranges", async () => {
  let requests = 0;
  await withServer(async (_asked, answer) => {
    await answer.head(200, { "content-length": CONTENT.length });
    await answer.body(++requests > 1 ? CONTENT : CONTENT.subarray(0, 50_000));
  }, async ({ store, get }) => {
    await get(PIN);
    await isStored(store);
    assert.equal(requests, 2);
  });
});

Deno.test("fetchToStore() resumes in the next run what an earlier one left", async () => {
  let whole = false;
  const good = wellBehaved(CONTENT);
  await withServer(
    (asked, answer) =>
      good(asked, { ...answer, body: (bytes) => answer.body(whole ? bytes : bytes.subarray(0, 120_000)) }),
    async ({ store, server, get }) => {
      await assert.rejects(
        get(PIN, { tries: 1 }),
        /^Error: Cannot fetch "net" from http.*closed after 120000 of 300000 bytes|broke/,
      );
      assert.equal(await store.has(SHA256), false);
      whole = true;
      await get(PIN);
      await isStored(store);
      assert.equal(server.asked.at(-1)?.range, "bytes=120000-");
    },
  );
});

Deno.test("fetchToStore() takes over the part that a killed process left, and starts over where it is wrong", async () => {
  await withServer(wellBehaved(CONTENT), async ({ store, server, get }) => {
    const key = createHash("sha256").update(`${server.url}/net.pth`).digest("hex").slice(0, 32);
    await get(PIN);
    await store.discard(SHA256);
    await writeFile(join(store.partial, `${key}.00000000.part`), CONTENT.subarray(0, 70_000));
    await get(PIN);
    await isStored(store);
    assert.equal(server.asked.at(-1)?.range, "bytes=70000-");
    await store.discard(SHA256);
    await writeFile(join(store.partial, `${key}.00000000.part`), new Uint8Array(70_000));
    await get(PIN);
    await isStored(store);
    assert.deepEqual(server.asked.slice(-2).map(({ range }) => range), ["bytes=70000-", undefined]);
    await store.discard(SHA256);
    await writeFile(join(store.partial, `${key}.00000000.part`), CONTENT);
    const before = server.asked.length;
    await get(PIN);
    await isStored(store);
    assert.equal(server.asked.length, before);
  });
});

Deno.test("fetchToStore() names expected and received where content differs, and leaves nothing", async () => {
  const corrupt = CONTENT.slice();
  corrupt[1234] ^= 1;
  const received = createHash("sha256").update(corrupt).digest("hex");
  await withServer(wellBehaved(corrupt), async ({ store, server, get }) => {
    await assert.rejects(get(PIN), (error: Error) => {
      assert.ok(error instanceof HashMismatchError);
      assert.deepEqual([error.id, error.property, error.expected, error.received], ["net", "sha256", SHA256, received]);
      assert.match(
        error.message,
        new RegExp(`^Cannot verify "net": expected sha256 ${SHA256.slice(0, 8)}.*got ${received.slice(0, 8)}`),
      );
      return true;
    });
    assert.deepEqual(await filesIn(store), []);
    assert.equal(server.asked.length, 1);
  });
});

Deno.test("fetchToStore() refuses another size before downloading, and more bytes than announced", async () => {
  await withServer(wellBehaved(CONTENT.subarray(0, 1000)), async ({ store, get }) => {
    await assert.rejects(get(PIN), { name: "HashMismatchError", expected: "300000", received: "1000" });
    assert.deepEqual(await filesIn(store), []);
  });
  await withServer(async (_asked, answer) => {
    await answer.head(200);
    await answer.body(CONTENT);
  }, async ({ store, get }) => {
    await assert.rejects(get({ ...PIN, bytes: 1000 }), {
      name: "HashMismatchError",
      property: "bytes",
      expected: "1000",
    });
    assert.deepEqual(await filesIn(store), []);
  });
});

Deno.test("fetchToStore() gives up a connection that stalls and continues on a new one", async () => {
  let requests = 0;
  const good = wellBehaved(CONTENT);
  await withServer(async (asked, answer) => {
    if (++requests > 1) return await good(asked, answer);
    await answer.head(200, { "content-length": CONTENT.length, etag: `"one"` });
    await answer.body(CONTENT.subarray(0, 10_000));
    await sleep(600);
  }, async ({ store, server, get }) => {
    await get(PIN, { stallMs: 150 });
    await isStored(store);
    assert.equal(server.asked[1].range, "bytes=10000-");
    await assert.rejects(
      fetchToStore(store, { id: "silent", url: `${server.url}/silent`, pin: { sha256: "0".repeat(64) } }, {
        ...FAST,
        stallMs: 50,
        tries: 2,
        fetch: (_url, init) =>
          new Promise((_resolve, reject) => {
            init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
          }),
      }),
      /Cannot fetch "silent" from .*: no data came for 0\.05 s, after 2 tries/,
    );
  });
});

Deno.test("fetchToStore() follows redirects, waits out a busy server, and asks for the same range again", async () => {
  let requests = 0;
  const good = wellBehaved(CONTENT);
  await withServer(async (asked, answer) => {
    if (asked.path === "/net.pth") {
      return await answer.head(302, { location: "/elsewhere?signed=1", "content-length": 0 });
    }
    requests++;
    if (requests === 1) return await answer.head(503, { "retry-after": 0, "content-length": 0 });
    if (requests === 2) return await answer.head(429, { "content-length": 0 });
    await good(asked, answer);
  }, async ({ store, get }) => {
    await get(PIN);
    await isStored(store);
    assert.equal(requests, 3);
  });
});

Deno.test("fetchToStore() gives up at once on 404, 403, a web page and a long wait, and after a few tries on 500", async () => {
  const cases: [Behaviour, RegExp, number][] = [
    [(_, answer) => answer.head(404, { "content-length": 0 }), /the server answered 404 Not Found$/, 1],
    [(_, answer) => answer.head(403, { "content-length": 0 }), /the server answered 403 Forbidden$/, 1],
    [
      (_, answer) => answer.head(500, { "content-length": 0 }),
      /the server answered 500 Internal Server Error, after 3 tries$/,
      3,
    ],
    [
      (_, answer) => answer.head(503, { "retry-after": 900, "content-length": 0 }),
      /503 Service Unavailable and asks to wait 900 s$/,
      1,
    ],
    [
      (_, answer) => answer.head(200, { "content-type": "text/html; charset=utf-8", "content-length": 0 }),
      /the server answered with a web page; expected a file$/,
      1,
    ],
  ];
  for (const [behaviour, message, requests] of cases) {
    await withServer(behaviour, async ({ store, server, get }) => {
      await assert.rejects(get(PIN, { tries: 3 }), (error: Error) => {
        assert.match(error.message, /^Cannot fetch "net" from http/);
        assert.match(error.message, message);
        return true;
      });
      assert.equal(server.asked.length, requests);
      assert.deepEqual(await filesIn(store), []);
    });
  }
});

Deno.test("fetchToStore() says so where no server answers, where the run is offline, and where it is interrupted", async () => {
  await withServer(wellBehaved(CONTENT), async ({ store, server, get }) => {
    await server[Symbol.asyncDispose]();
    await assert.rejects(get(PIN), /Cannot fetch "net" from .*refused.*, after 2 tries/);
    await assert.rejects(
      get(PIN, { offline: true }),
      /Cannot use "net": it is not in the store at .*; fetch it without --offline/,
    );
    await assert.rejects(get(PIN, { signal: AbortSignal.abort(new Error("stop")) }), /stop/);
    assert.deepEqual(await filesIn(store), []);
  });
});

Deno.test("fetchToStore() refuses an unpinned file until it is allowed, then holds it to what was recorded", async () => {
  let content = CONTENT;
  await withServer((asked, answer) => wellBehaved(content)(asked, answer), async ({ store, server, get }) => {
    await assert.rejects(get({}), (error: Error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, /^Cannot fetch "net": no hash is published for it; pass --allow-unpinned/);
      return true;
    });
    assert.equal(server.asked.length, 0);
    assert.equal((await get({}, { allowUnpinned: true })).sha256, SHA256);
    assert.deepEqual(await store.recorded(`${server.url}/net.pth`), { bytes: CONTENT.length, sha256: SHA256 });
    assert.equal((await get({})).downloaded, false);
    await store.discard(SHA256);
    content = CONTENT.slice().reverse();
    await assert.rejects(get({}, { allowUnpinned: true }), { name: "HashMismatchError", expected: SHA256 });
  });
});

Deno.test("fetchToStore() checks a prefix, records the full hash, and refuses another prefix", async () => {
  await withServer(wellBehaved(CONTENT), async ({ store, server, get }) => {
    await assert.rejects(get({ sha256Prefix: "0123456789" }), { name: "HashMismatchError", expected: "0123456789…" });
    assert.deepEqual(await filesIn(store), []);
    await get({ sha256Prefix: SHA256.slice(0, 8) });
    assert.equal((await store.recorded(`${server.url}/net.pth`))?.sha256, SHA256);
    assert.equal((await get({ sha256Prefix: SHA256.slice(0, 8) }, { offline: true })).downloaded, false);
    await assert.rejects(get({ sha256Prefix: "0123456789" }), HashMismatchError);
  });
});

Deno.test("fetchToStore() fetches again what has decayed in the store, and refuses it offline", async () => {
  await withServer(wellBehaved(CONTENT), async ({ store, get }) => {
    await get(PIN);
    await writeFile(store.pathOf(SHA256), "decayed");
    await assert.rejects(get(PIN, { offline: true }), HashMismatchError);
    assert.equal((await get(PIN)).downloaded, true);
    await isStored(store);
  });
});

Deno.test("fetchToStore() asked many times at once shares downloads and never mixes them", async () => {
  const good = wellBehaved(CONTENT);
  await withServer(async (asked, answer) => {
    await sleep(30);
    await good(asked, answer);
  }, async ({ store, server, get }) => {
    const fetched = await Promise.all(Array.from({ length: 6 }, () => get(PIN, { idleMs: 1500 })));
    assert.ok(fetched.every(({ sha256 }) => sha256 === SHA256));
    await isStored(store);
    assert.ok(server.asked.length < 6);
  });
});

Deno.test("fetchToStore() asks a mirror in place of the owner's host", async () => {
  await withServer(wellBehaved(CONTENT), async ({ store, server }) => {
    const target = { id: "net", url: "https://example.org/models/net.pth?dl=1", pin: PIN };
    await fetchToStore(store, target, { ...FAST, mirror: `${server.url}/mirror/` });
    assert.equal(server.asked[0].path, "/mirror/example.org/models/net.pth?dl=1");
    await isStored(store);
    await store.discard(SHA256);
    await assert.rejects(fetchToStore(store, target, { ...FAST, mirror: "ftp://x" }), RequestError);
  });
});
