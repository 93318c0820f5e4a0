import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { hashBytes } from "../../src/lock/mod.ts";
import { memorySource, openSafetensors } from "../../src/weights/mod.ts";
import { captionEncoder, encoderName } from "../../src/training/caption_encoder.ts";
import { readCaptionEmbeddings, writeCaptionEmbeddings } from "../../src/training/caption_embeddings_file.ts";

const ENCODER = { id: "made-up", sha256: "0a".repeat(32) };
const CAPTIONS = { train: ["a face", "a house", "a face"], test: ["two words"] };
const WIDTH = 384;

function unitRows(count: number, seed: number): Float32Array {
  const rows = Float32Array.from({ length: count * WIDTH }, (_, i) => Math.sin((i + 1) * (seed + 1) * 1.7) ** 3);
  for (let start = 0; start < rows.length; start += WIDTH) {
    const row = rows.subarray(start, start + WIDTH), length = Math.hypot(...row);
    row.forEach((value, i) => row[i] = value / length);
  }
  return rows;
}

const SPLITS = {
  train: { captions: CAPTIONS.train, embeddings: unitRows(3, 1) },
  test: { captions: CAPTIONS.test, embeddings: unitRows(1, 2) },
};

async function withFile(use: (path: string, bytes: Uint8Array) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-captions-"));
  try {
    const path = join(folder, "captions.safetensors");
    await use(path, await writeCaptionEmbeddings(path, SPLITS, ENCODER));
  } finally {
    await rm(folder, { recursive: true });
  }
}

Deno.test("embeddings come back as unit vectors, each number within a 127th of its row's largest", async () => {
  await withFile(async (path, bytes) => {
    const { splits, key } = await readCaptionEmbeddings(path, CAPTIONS, ENCODER);
    assert.equal(key, await hashBytes(bytes));
    assert.deepEqual(Object.keys(splits), ["train", "test"]);
    for (const name of ["train", "test"] as const) {
      const { embeddings } = SPLITS[name];
      assert.equal(splits[name].length, embeddings.length);
      for (let start = 0; start < embeddings.length; start += WIDTH) {
        const before = embeddings.subarray(start, start + WIDTH), after = splits[name].subarray(start, start + WIDTH);
        const step = Math.max(...before.map(Math.abs)) / 127;
        assert.ok(Math.abs(Math.hypot(...after) - 1) < 1e-6);
        assert.ok(before.every((value, i) => Math.abs(value - after[i]) < 0.7 * step));
        assert.ok(before.reduce((sum, value, i) => sum + value * after[i], 0) > 0.9999);
      }
    }
    assert.deepEqual(Object.keys((await readCaptionEmbeddings(path, { test: CAPTIONS.test }, ENCODER)).splits), [
      "test",
    ]);
  });
});

Deno.test("the file holds 8 bits a number, each row up to ±127, and the same bytes for the same embeddings", async () => {
  await withFile(async (path, bytes) => {
    const { tensors, metadata, read } = await openSafetensors(memorySource(bytes));
    assert.deepEqual([...tensors], [
      ["train", { dtype: "int8", shape: [3, WIDTH] }],
      ["test", { dtype: "int8", shape: [1, WIDTH] }],
    ]);
    const rows = await read("train");
    for (let row = 0; row < 3; row++) {
      assert.equal(Math.max(...rows.subarray(row * WIDTH, (row + 1) * WIDTH).map(Math.abs)), 127);
    }
    assert.deepEqual([metadata?.get("encoder"), metadata?.get("encoder_sha256")], [ENCODER.id, ENCODER.sha256]);
    assert.deepEqual(await writeCaptionEmbeddings(path, SPLITS, ENCODER), bytes);
  });
});

Deno.test("embeddings of other captions, of another order or of another encoder are refused, as is a missing split", async () => {
  await withFile(async (path) => {
    const again = 'run "deno task train --embed" to write it again';
    const refuses = (captions: Record<string, string[]>, found: string, encoder = ENCODER) =>
      assert.rejects(readCaptionEmbeddings(path, captions, encoder), {
        message: `Cannot use "${path}": ${found}; ${again}`,
      });
    const other = 'its embeddings of the split "train" are of other captions';
    await refuses({ train: ["a face", "a house", "a body"] }, other);
    await refuses({ train: ["a house", "a face", "a face"] }, other);
    await refuses({ train: ["a face", "a house"] }, other);
    await refuses({ validation: ["a face"] }, 'it has no embeddings of the split "validation"');
    const stranger = { id: ENCODER.id, sha256: "0b".repeat(32) };
    await refuses(CAPTIONS, "its embeddings are not those of made-up as it is pinned", stranger);
    const { id } = encoderName(await captionEncoder());
    await assert.rejects(readCaptionEmbeddings(path, CAPTIONS), {
      message: `Cannot use "${path}": its embeddings are not those of ${id} as it is pinned; ${again}`,
    });
  });
});

Deno.test("a file that is missing, cut short or not of embeddings is refused in one sentence", async () => {
  await withFile(async (path, bytes) => {
    await assert.rejects(
      readCaptionEmbeddings(`${path}.none`, CAPTIONS, ENCODER),
      /^Error: Cannot use ".*": it cannot be read \(ENOENT\); run "deno task train --embed" to write it again$/,
    );
    await writeFile(path, bytes.subarray(0, bytes.length - 1));
    await assert.rejects(readCaptionEmbeddings(path, CAPTIONS, ENCODER), /expected a whole safetensors file$/);
    await writeFile(path, await readFile(new URL("../../fixtures/encoder/tiny.safetensors", import.meta.url)));
    await assert.rejects(readCaptionEmbeddings(path, CAPTIONS, ENCODER), /its embeddings are not those of made-up/);
  });
});

Deno.test("writeCaptionEmbeddings() refuses rows that do not fit their captions, and rows without a direction", async () => {
  const write = (captions: string[], embeddings: Float32Array) =>
    writeCaptionEmbeddings("never-written.safetensors", { train: { captions, embeddings } }, ENCODER);
  await assert.rejects(write(["a", "b"], new Float32Array(3)), /3 numbers for 2 captions; expected as many for each$/);
  await assert.rejects(write([], new Float32Array(0)), /0 numbers for 0 captions/);
  for (const wrong of [0, NaN, Infinity]) {
    await assert.rejects(
      write(["a", "b"], new Float32Array([1, 0, wrong, 0])),
      new RegExp(`the largest number of row 1 is ${wrong}; expected one above zero$`),
    );
  }
  await assert.rejects(readFile("never-written.safetensors"), { code: "ENOENT" });
});

Deno.test("any row that has a direction keeps it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-captions-"));
  const path = join(folder, "captions.safetensors");
  const row = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 })
    .filter((row) => Math.max(...row.map(Math.abs)) > 1e-3);
  try {
    await fc.assert(
      fc.asyncProperty(row, async (row) => {
        const embeddings = Float32Array.from(row, (value) => value / Math.hypot(...row));
        await writeCaptionEmbeddings(path, { one: { captions: ["a"], embeddings } }, ENCODER);
        const { splits: { one } } = await readCaptionEmbeddings(path, { one: ["a"] }, ENCODER);
        assert.ok(one.reduce((sum, value, i) => sum + value * embeddings[i], 0) > 0.9998);
      }),
      { numRuns: 30 },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
