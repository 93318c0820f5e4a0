import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openDevice, type Session } from "../../src/devices/mod.ts";
import { buildSentenceEncoder, type SentenceEncoder } from "../../src/networks/mod.ts";
import { type Checkpoint, memoryCheckpoint, type NamedTensor, openCheckpoint } from "../../src/weights/mod.ts";

const FIXTURES = new URL("../../fixtures/encoder/", import.meta.url);
const HEADS = 4;

interface Golden {
  readonly sentences: readonly { readonly ids: readonly number[]; readonly embedding: readonly number[] }[];
}

async function tinyTensors(): Promise<Map<string, NamedTensor>> {
  const checkpoint = await openCheckpoint(fileURLToPath(new URL("tiny.safetensors", FIXTURES)));
  try {
    const tensors = new Map<string, NamedTensor>();
    for (const [name, { shape }] of checkpoint.tensors) tensors.set(name, { shape, data: await checkpoint.read(name) });
    return tensors;
  } finally {
    await checkpoint.close();
  }
}

async function golden(): Promise<Golden["sentences"]> {
  return (JSON.parse(await readFile(new URL("tiny.json", FIXTURES), "utf8")) as Golden).sentences;
}

/** Rows of ids, each filled up to `length` with `padding` that the mask hides. */
async function embed(
  session: Session,
  sentences: readonly (readonly number[])[],
  { length = Math.max(...sentences.map(({ length }) => length)), padding = 0 } = {},
): Promise<number[][]> {
  const shape = [sentences.length, length];
  const full = (row: readonly number[], fill: number) => [...row, ...Array(length - row.length).fill(fill)];
  const { sentence_embedding: { data, shape: [, width] } } = await session.run({
    input_ids: { data: BigInt64Array.from(sentences.flatMap((ids) => full(ids, padding)), BigInt), shape },
    attention_mask: {
      data: BigInt64Array.from(sentences.flatMap((ids) => full(ids.map(() => 1), 0)), BigInt),
      shape,
    },
  });
  return sentences.map((_, row) => Array.from((data as Float32Array).subarray(row * width, (row + 1) * width)));
}

async function withSession<T>(
  checkpoint: Checkpoint,
  heads: number,
  use: (session: Session, encoder: SentenceEncoder) => Promise<T>,
): Promise<T> {
  const encoder = await buildSentenceEncoder(checkpoint, { heads });
  const device = await openDevice("cpu", { threads: 1 });
  try {
    return await use(await device.open(encoder.graph.toBytes()), encoder);
  } finally {
    await device.close();
  }
}

function distance(a: readonly number[], b: readonly number[]): number {
  assert.equal(a.length, b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}

Deno.test("a sentence encoder computes what PyTorch's own transformer layers do, sentence by sentence", async () => {
  const sentences = await golden();
  await withSession(memoryCheckpoint(await tinyTensors()), HEADS, async (session, encoder) => {
    assert.deepEqual([encoder.dimensions, encoder.positions, encoder.vocabulary], [48, 24, 61]);
    for (const { ids, embedding } of sentences) {
      const [row] = await embed(session, [ids]);
      assert.ok(distance(row, embedding) < 1e-5, `${distance(row, embedding)}`);
      assert.ok(Math.abs(Math.hypot(...row) - 1) < 1e-6);
    }
  });
});

Deno.test("padding changes nothing, however much there is and whatever stands there", async () => {
  const sentences = await golden();
  const ids = sentences.map(({ ids }) => ids);
  await withSession(memoryCheckpoint(await tinyTensors()), HEADS, async (session) => {
    const alone: number[][] = [];
    for (const sentence of ids) alone.push(...await embed(session, [sentence]));
    for (const filled of [{}, { length: 24 }, { length: 24, padding: 41 }]) {
      const together = await embed(session, ids, filled);
      together.forEach((row, i) => assert.ok(distance(row, alone[i]) < 1e-6, `${distance(row, alone[i])}`));
    }
  });
});

Deno.test("another number of heads gives other embeddings, and one that does not divide the dimensions is refused", async () => {
  const [{ ids, embedding }] = await golden();
  const checkpoint = memoryCheckpoint(await tinyTensors());
  const [row] = await withSession(checkpoint, 2, (session) => embed(session, [ids]));
  assert.ok(distance(row, embedding) > 1e-3);
  await assert.rejects(
    buildSentenceEncoder(checkpoint, { heads: 5 }),
    /5 heads over 48 dimensions; expected a divisor/,
  );
});

Deno.test("tensors under a prefix make the same encoder", async () => {
  const [{ ids, embedding }] = await golden();
  const prefixed = new Map([...await tinyTensors()].map(([name, tensor]) => [`bert.${name}`, tensor]));
  const [row] = await withSession(memoryCheckpoint(prefixed), HEADS, (session) => embed(session, [ids]));
  assert.ok(distance(row, embedding) < 1e-5);
});

Deno.test("a checkpoint that lacks any tensor is refused in one sentence that names one", async () => {
  const tensors = await tinyTensors();
  for (const name of tensors.keys()) {
    const rest = new Map([...tensors].filter(([other]) => other !== name));
    await assert.rejects(buildSentenceEncoder(memoryCheckpoint(rest), { heads: HEADS }), (error: Error) => {
      assert.match(error.message, /^Cannot (build|find) the network/);
      assert.ok(error.message.includes(`"${name}"`), `${name}: ${error.message}`);
      assert.ok(!error.message.includes("\n"));
      return true;
    });
  }
});

Deno.test("a checkpoint without its first layer, without any, or with a tensor of another shape is refused", async () => {
  const tensors = await tinyTensors();
  const without = (pattern: RegExp) => memoryCheckpoint(new Map([...tensors].filter(([name]) => !pattern.test(name))));
  const first = /the checkpoint has no tensor "encoder\.layer\.0\.attention\.self\.query\.weight"/;
  await assert.rejects(buildSentenceEncoder(without(/layer\.0\./), { heads: HEADS }), first);
  await assert.rejects(buildSentenceEncoder(without(/^encoder/), { heads: HEADS }), first);
  const name = "encoder.layer.1.output.dense.weight";
  const bent = new Map(tensors).set(name, { shape: [80, 48], data: tensors.get(name)!.data });
  await assert.rejects(
    buildSentenceEncoder(memoryCheckpoint(bent), { heads: HEADS }),
    /"encoder\.layer\.1\.output\.dense\.(weight|bias)" has shape \[.*\]; expected/,
  );
});
