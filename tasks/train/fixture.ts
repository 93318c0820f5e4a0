import {
  fileSource,
  memorySource,
  type NamedTensor,
  openSafetensors,
  writeSafetensors,
} from "../../src/weights/mod.ts";
import { writeAtomically } from "../../src/results/mod.ts";
import type { CaptionEmbedding } from "./caption_embedding.ts";
import type { ObjectiveName } from "./objectives.ts";
import { readMetadata } from "./snapshot_file.ts";

/** A trained network as its file holds it. */
export interface Fixture {
  readonly objective: ObjectiveName;
  /** Trunk, head and running statistics. */
  readonly weights: ReadonlyMap<string, NamedTensor>;
  /** What captions become; for a network that learned from labels, empty. */
  readonly embedding: CaptionEmbedding;
}

const NO_EMBEDDING: CaptionEmbedding = {
  vocabulary: [],
  size: 0,
  vectors: new Float32Array(0),
  mean: new Float32Array(0),
};

/**
 * Writes a trained network: its tensors, and of the caption embedding what its task needs (`text.vectors`, `text.mean`;
 * the words in the header).
 *
 * @returns The file's bytes.
 */
export async function writeFixture(path: string, { objective, weights, embedding }: Fixture): Promise<Uint8Array> {
  const tensors = new Map(weights);
  const metadata: Record<string, string> = { objective };
  if (objective !== "vision") metadata.vocabulary = embedding.vocabulary.join(" ");
  if (objective === "language") {
    const { size, vectors, mean, vocabulary } = embedding;
    tensors.set("text.mean", { shape: [size], data: mean });
    tensors.set("text.vectors", { shape: [vocabulary.length, size], data: vectors });
  }
  const bytes = writeSafetensors(tensors, metadata);
  await writeAtomically(path, bytes);
  return bytes;
}

/**
 * Reads a file of {@linkcode writeFixture}.
 *
 * @throws {Error} where the file is damaged or was not written by it.
 */
export async function readFixture(path: string): Promise<Fixture & { bytes: Uint8Array }> {
  const source = await fileSource(path);
  let bytes: Uint8Array;
  try {
    bytes = await source.read(0, source.size);
  } finally {
    await source.close();
  }
  const checkpoint = await openSafetensors(memorySource(bytes, path));
  const { objective, vocabulary } = readMetadata(bytes);
  if (objective !== "vision" && objective !== "language" && objective !== "contrastive") {
    throw new Error(`Cannot read "${path}": its objective is ${objective}; expected vision, language or contrastive`);
  }
  const weights = new Map<string, NamedTensor>();
  for (const [name, { shape }] of checkpoint.tensors) {
    weights.set(name, { shape, data: await checkpoint.read(name) });
  }
  const vectors = weights.get("text.vectors"), mean = weights.get("text.mean");
  weights.delete("text.vectors");
  weights.delete("text.mean");
  const embedding: CaptionEmbedding = {
    vocabulary: vocabulary?.split(" ") ?? [],
    size: mean?.data.length ?? 0,
    vectors: new Float32Array(vectors?.data ?? NO_EMBEDDING.vectors),
    mean: new Float32Array(mean?.data ?? NO_EMBEDDING.mean),
  };
  return { objective, weights, embedding, bytes };
}
