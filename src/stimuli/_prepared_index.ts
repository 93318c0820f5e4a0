import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

/** Where the planes of an image lie in a file of prepared images. */
export interface PreparedEntry {
  /** Position of the first byte. */
  readonly at: number;
  /** 1 where the image is grey, else 3, one after the other. */
  readonly planes: 1 | 3;
  /** Of their bytes, in hexadecimal. */
  readonly sha256: string;
}

/** What a file of prepared images says of itself, at its end. */
export interface PreparedIndex {
  /** What the images are and how they were prepared, for people. */
  readonly label: string;
  /** By the id of an image. */
  readonly images: Readonly<Record<string, PreparedEntry>>;
}

const MAGIC = new TextEncoder().encode("fusiimg1");
const DIGEST = 32;
/** The index is followed by its SHA-256, its length and the magic word. */
const TAIL = DIGEST + 8 + MAGIC.length;

/** The index as it ends a file. */
export function encodeIndex(index: PreparedIndex): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(index));
  const out = new Uint8Array(json.length + TAIL);
  out.set(json);
  out.set(digest(json), json.length);
  new DataView(out.buffer).setBigUint64(json.length + DIGEST, BigInt(json.length), true);
  out.set(MAGIC, out.length - MAGIC.length);
  return out;
}

/**
 * Reads the index of a file.
 *
 * @returns It and where it begins; null where the file is damaged or of another format.
 */
export async function readIndex(handle: FileHandle): Promise<{ index: PreparedIndex; start: number } | null> {
  const { size } = await handle.stat();
  if (size < TAIL) return null;
  const tail = await readAt(handle, size - TAIL, TAIL);
  const length = Number(new DataView(tail.buffer).getBigUint64(DIGEST, true));
  const start = size - TAIL - length;
  if (!MAGIC.every((byte, i) => tail[DIGEST + 8 + i] === byte) || start < 0) return null;
  const json = await readAt(handle, start, length);
  if (!digest(json).every((byte, i) => tail[i] === byte)) return null;
  return { index: JSON.parse(new TextDecoder().decode(json)) as PreparedIndex, start };
}

/** Reads bytes; those past the end of the file are 0. */
export async function readAt(handle: FileHandle, at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes;
}

function digest(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
