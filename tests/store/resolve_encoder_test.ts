import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HashMismatchError } from "../../src/errors.ts";
import type { EncoderEntry } from "../../src/lock/mod.ts";
import { resolveEncoder, Store } from "../../src/store/mod.ts";
import { type Behaviour, LoopbackServer, wellBehaved } from "./loopback_server.ts";

const FILES = { weights: Uint8Array.of(1, 2, 3), vocabulary: new TextEncoder().encode("[CLS]\n[SEP]\n") };

function pin(name: keyof typeof FILES): EncoderEntry["files"]["weights"] {
  return {
    url: `https://example.org/${name}`,
    bytes: FILES[name].length,
    sha256: createHash("sha256").update(FILES[name]).digest("hex"),
  };
}

const ENTRY: EncoderEntry = {
  id: "reader",
  title: "Reader",
  repository: "somebody/reader",
  revision: "1".repeat(40),
  files: { weights: pin("weights"), vocabulary: pin("vocabulary") },
  heads: 12,
  tokens: 256,
  status: "official",
  evidence: [],
  licence: null,
  references: [],
};

const both: Behaviour = (asked, answer) =>
  wellBehaved(asked.path.endsWith("weights") ? FILES.weights : FILES.vocabulary)(asked, answer);

async function withStore(behaviour: Behaviour, use: (store: Store, mirror: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "fusiform-encoder-"));
  try {
    await using server = new LoopbackServer(behaviour);
    await use(new Store(root), server.url);
  } finally {
    await rm(root, { recursive: true });
  }
}

Deno.test("resolveEncoder() has both files in the store, and needs no network for them afterwards", async () => {
  await withStore(both, async (store, mirror) => {
    await assert.rejects(
      resolveEncoder(ENTRY, { store, mirror, offline: true }),
      /^Error: Cannot use "reader\/vocabulary": it is not in the store/,
    );
    const { weights, vocabulary } = await resolveEncoder(ENTRY, { store, mirror });
    assert.deepEqual([weights.downloaded, vocabulary.downloaded], [true, true]);
    assert.deepEqual(new Uint8Array(await readFile(weights.path)), FILES.weights);
    assert.deepEqual(new Uint8Array(await readFile(vocabulary.path)), FILES.vocabulary);
    const again = await resolveEncoder(ENTRY, { store, mirror, offline: true });
    assert.deepEqual([again.weights.downloaded, again.vocabulary.downloaded], [false, false]);
  });
});

Deno.test("resolveEncoder() refuses a file that is not the pinned one", async () => {
  await withStore(wellBehaved(FILES.vocabulary), async (store, mirror) => {
    await assert.rejects(resolveEncoder(ENTRY, { store, mirror }), (error: Error) => {
      assert.ok(error instanceof HashMismatchError);
      assert.match(error.message, /"reader\/weights"/);
      return true;
    });
    assert.ok(!await store.has(ENTRY.files.weights.sha256));
  });
});
