import { readFile } from "node:fs/promises";
import { hashBytes } from "../lock/mod.ts";
import { writeAtomically } from "../results/mod.ts";
import { captionEncoder, type EncoderName, encoderName } from "./caption_encoder.ts";
import { memorySource, openSafetensors, writeSafetensors, type WrittenTensor } from "../weights/mod.ts";

/** Captions and what an encoder makes of them. */
export interface EmbeddedCaptions {
  readonly captions: readonly string[];
  /** `[captions, dimensions]`, each row of length 1. */
  readonly embeddings: Float32Array;
}

/** Its name in `fixtures/`. */
export const CAPTIONS_FILE = "mini-captions.safetensors";

/** The largest size of a stored number. */
const FULL = 127;

/** sha256 over captions and their order, in hexadecimal. */
export async function hashCaptions(captions: readonly string[]): Promise<string> {
  return await hashBytes(new TextEncoder().encode(JSON.stringify(captions)));
}

/**
 * Writes the embeddings of splits of captions, 8 bits a number: each row in units of its own largest size, of which there are 127.
 * The header names the encoder and has a hash of each split's captions.
 *
 * @throws {Error} where embeddings are not as many rows as there are captions, or a row is zero or not finite.
 */
export async function writeCaptionEmbeddings(
  path: string,
  splits: Readonly<Record<string, EmbeddedCaptions>>,
  encoder: EncoderName,
): Promise<Uint8Array<ArrayBuffer>> {
  const tensors = new Map<string, WrittenTensor>();
  const metadata: Record<string, string> = { encoder: encoder.id, encoder_sha256: encoder.sha256 };
  for (const [name, { captions, embeddings }] of Object.entries(splits)) {
    const dimensions = embeddings.length / captions.length;
    if (captions.length === 0 || !Number.isInteger(dimensions)) {
      throw new Error(
        `Cannot write the embeddings of "${name}": ${embeddings.length} numbers for ${captions.length} captions; ` +
          "expected as many for each",
      );
    }
    const shape = [captions.length, dimensions];
    tensors.set(name, { shape, data: quantize(embeddings, dimensions, name), dtype: "I8" });
    metadata[captionsField(name)] = await hashCaptions(captions);
  }
  const bytes = writeSafetensors(tensors, metadata);
  await writeAtomically(path, bytes);
  return bytes;
}

/** The embeddings of some splits' captions. */
export interface CaptionEmbeddings<Split extends string> {
  /** By split, `[captions, dimensions]`, each row of length 1. */
  readonly splits: Readonly<Record<Split, Float32Array<ArrayBuffer>>>;
  /** sha256 of the file, in hexadecimal. */
  readonly key: string;
}

/**
 * Reads the embeddings of some splits' captions, and knows that they are of these captions and this encoder.
 *
 * @param captions Each split's, by its name.
 * @param encoder The one that they must be of. @default as the lock pins it
 * @throws {Error} where the file is missing or damaged, lacks a split, or holds embeddings of other captions or of another encoder.
 */
export async function readCaptionEmbeddings<Split extends string>(
  path: string,
  captions: Readonly<Record<Split, readonly string[]>>,
  encoder?: EncoderName,
): Promise<CaptionEmbeddings<Split>> {
  const { id, sha256 } = encoder ?? encoderName(await captionEncoder());
  const fail = (found: string): Error =>
    new Error(`Cannot use "${path}": ${found}; run "deno task train --embed" to write it again`);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw fail(`it cannot be read (${(error as { code?: string }).code ?? (error as Error).message})`);
  }
  const checkpoint = await openSafetensors(memorySource(bytes, path));
  const { metadata = new Map<string, string>() } = checkpoint;
  if (metadata.get("encoder") !== id || metadata.get("encoder_sha256") !== sha256) {
    throw fail(`its embeddings are not those of ${id} as it is pinned`);
  }
  const splits = {} as Record<Split, Float32Array<ArrayBuffer>>;
  for (const name of Object.keys(captions) as Split[]) {
    const { shape, dtype } = checkpoint.tensors.get(name) ?? {};
    if (shape?.length !== 2 || dtype !== "int8") throw fail(`it has no embeddings of the split "${name}"`);
    if (metadata.get(captionsField(name)) !== await hashCaptions(captions[name])) {
      throw fail(`its embeddings of the split "${name}" are of other captions`);
    }
    if (shape[0] !== captions[name].length) {
      throw fail(`it has ${shape[0]} embeddings of the ${captions[name].length} captions of the split "${name}"`);
    }
    splits[name] = normalizeRows(await checkpoint.read(name), shape[1]);
  }
  return { splits, key: await hashBytes(bytes) };
}

function captionsField(split: string): string {
  return `${split}_captions_sha256`;
}

function quantize(embeddings: Float32Array, dimensions: number, name: string): Float32Array {
  const scaled = new Float32Array(embeddings.length);
  for (let start = 0; start < embeddings.length; start += dimensions) {
    const row = embeddings.subarray(start, start + dimensions);
    const largest = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    if (!(largest > 0 && largest < Infinity)) {
      throw new Error(
        `Cannot write the embeddings of "${name}": the largest number of row ${start / dimensions} is ${largest}; ` +
          "expected one above zero",
      );
    }
    for (let i = 0; i < dimensions; i++) scaled[start + i] = FULL * row[i] / largest;
  }
  return scaled;
}

function normalizeRows(rows: Float32Array, dimensions: number): Float32Array<ArrayBuffer> {
  const unit = new Float32Array(rows.length);
  for (let start = 0; start < rows.length; start += dimensions) {
    const row = rows.subarray(start, start + dimensions);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < dimensions; i++) unit[start + i] = row[i] / length;
  }
  return unit;
}
