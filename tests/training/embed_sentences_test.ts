import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cacheRoot, Store } from "../../src/store/mod.ts";
import { captionEncoder } from "../../src/training/caption_encoder.ts";
import { embedSentences } from "../../src/training/embed_sentences.ts";
import { type OpenEncoder, openEncoder } from "../../src/training/open_encoder.ts";

interface Golden {
  readonly heads: number;
  readonly longest: number;
  readonly sentences: readonly {
    readonly sentence: string;
    readonly ids: readonly number[];
    readonly embedding: readonly number[];
  }[];
}

const FIXTURES = new URL("../../fixtures/encoder/", import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, FIXTURES));
const golden = async (name: string): Promise<Golden> => JSON.parse(await readFile(path(name), "utf8"));
const TINY = { weights: { path: path("tiny.safetensors") }, vocabulary: { path: path("vocab.txt") } };

async function withTiny(use: (encoder: OpenEncoder, golden: Golden) => Promise<void>): Promise<void> {
  const made = await golden("tiny.json");
  const encoder = await openEncoder({ heads: made.heads, tokens: made.longest }, TINY);
  try {
    await use(encoder, made);
  } finally {
    await encoder.close();
  }
}

/** The largest difference from the golden embeddings. */
function distance(rows: Float32Array, { sentences }: Golden): number {
  const expected = sentences.flatMap(({ embedding }) => embedding);
  assert.equal(rows.length, expected.length);
  return rows.reduce((largest, value, i) => Math.max(largest, Math.abs(value - expected[i])), 0);
}

Deno.test("embedSentences() gives PyTorch's embeddings in the order of the sentences, whatever the batches", async () => {
  await withTiny(async ({ embed }, made) => {
    const sentences = made.sentences.map(({ sentence }) => sentence);
    const rows = new Map<number, Float32Array>();
    for (const batch of [1, 2, 3, 64]) {
      rows.set(batch, await embed(sentences, { batch }));
      assert.ok(distance(rows.get(batch)!, made) < 1e-5);
      rows.get(batch)!.forEach((value, i) => assert.ok(Math.abs(value - rows.get(1)![i]) < 1e-6));
    }
    const backwards = await embed(sentences.toReversed());
    const width = backwards.length / sentences.length;
    const last = backwards.subarray(backwards.length - width);
    assert.ok(last.every((value, i) => Math.abs(value - rows.get(64)![i]) < 1e-6));
  });
});

Deno.test("embedSentences() embeds what occurs twice once, tells how far it is, and gives nothing for nothing", async () => {
  await withTiny(async ({ embed }, made) => {
    const sentences = ["faces", "the red face", "faces", "faces"];
    const told: [number, number][] = [];
    const rows = await embed(sentences, { batch: 1, onProgress: (done, total) => told.push([done, total]) });
    assert.deepEqual(told, [[0, 4], [1, 4], [4, 4]]);
    const width = rows.length / 4, row = (i: number) => rows.subarray(i * width, (i + 1) * width);
    assert.deepEqual(row(0), row(2));
    assert.deepEqual(row(0), row(3));
    assert.ok(made.sentences[0].embedding.every((value, i) => Math.abs(value - row(1)[i]) < 1e-5));
    assert.equal((await embed([])).length, 0);
  });
});

Deno.test("embedSentences() refuses tokens that the encoder does not have", async () => {
  const encoder = { dimensions: 2, positions: 3, vocabulary: 10 };
  const session = { run: () => Promise.reject(new Error("was run")), close: () => Promise.resolve() };
  await assert.rejects(
    embedSentences(["a"], { session, encoder, tokenize: () => [2, 5, 5, 3] }),
    /^Error: Cannot embed a sentence of 4 tokens; expected at most the encoder's 3$/,
  );
  await assert.rejects(
    embedSentences(["a"], { session, encoder, tokenize: () => [2, 10, 3] }),
    /^Error: Cannot embed token 10: the encoder knows 10; expected its own vocabulary$/,
  );
});

Deno.test("openEncoder() refuses files that are none", async () => {
  const entry = { heads: 4, tokens: 16 };
  await assert.rejects(
    openEncoder(entry, { ...TINY, weights: { path: path("nothing.safetensors") } }),
    /Cannot open ".*nothing\.safetensors": there is no such file/,
  );
  await assert.rejects(openEncoder(entry, { ...TINY, vocabulary: TINY.weights }), /^Error: Cannot use the vocabulary/);
  await assert.rejects(openEncoder({ ...entry, heads: 7 }, TINY), /7 heads over 48 dimensions/);
});

const store = new Store(cacheRoot({ env: process.env, platform: process.platform, home: homedir() }));
const pinned = await captionEncoder();
const here = await store.has(pinned.files.weights.sha256) && await store.has(pinned.files.vocabulary.sha256);

Deno.test({
  name: "the pinned encoder, where it is in the store, gives PyTorch's embeddings of the committed sentences",
  ignore: !here,
  async fn() {
    const { weights, vocabulary } = pinned.files;
    const files = { weights: store.pathOf(weights.sha256), vocabulary: store.pathOf(vocabulary.sha256) };
    const encoder = await openEncoder(pinned, {
      weights: { path: files.weights },
      vocabulary: { path: files.vocabulary },
    });
    try {
      const made = await golden("all-minilm-l6-v2.json");
      assert.deepEqual([pinned.heads, pinned.tokens], [made.heads, made.longest]);
      const rows = await encoder.embed(made.sentences.map(({ sentence }) => sentence));
      assert.ok(distance(rows, made) < 1e-5, `${distance(rows, made)}`);
    } finally {
      await encoder.close();
    }
  },
});
