import CRC32 from "crc-32";
import type { ImageSize } from "./_image_limits.ts";
import { inflatedLength } from "./_inflated_length.ts";

const SIGNATURE = 8;
/** Length and type before the data of a chunk; CRC-32 after them. */
const BEFORE = 8, AFTER = 4;

/** What a PNG says of its pixels. */
interface PngHeader extends ImageSize {
  readonly bitsPerPixel: number;
  readonly interlaced: boolean;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** Chunks that say what the pixels are; the others (colour profiles, texts, animations) are not read. */
const READ = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];

/** Samples of a pixel by the number of the colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Of each pass of an interlaced PNG: the first column and row, and the steps from one to the next. */
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

/** The size in the header; null where the file does not begin with one. */
export function pngSize(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < SIGNATURE + BEFORE + 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(SIGNATURE + BEFORE), height: view.getUint32(SIGNATURE + BEFORE + 4) };
}

/**
 * The same PNG with the chunks alone that its pixels need, its data in one: so no profile or text is inflated, and the data
 * only as far as the header says that there are pixels.
 *
 * @throws {Error} where a chunk is cut short or not what was written, there are two headers, or the data are more or fewer than
 *   the pixels take.
 */
export function essentialPng(bytes: Uint8Array): Uint8Array {
  const kept: Chunk[] = [];
  const data: Uint8Array[] = [];
  for (const chunk of chunksOf(bytes)) {
    if (chunk.type === "IDAT") data.push(chunk.data);
    else if (READ.includes(chunk.type)) {
      if (kept.some(({ type }) => type === chunk.type)) throw new Error(`two ${chunk.type} chunks`);
      kept.push(chunk);
    }
  }
  if (kept[0]?.type !== "IHDR" || data.length === 0) throw new Error("its header or its data are missing");
  const joined = join(data);
  checkInflated(joined, dataBytes(readHeader(kept[0].data)));
  const end = kept.findIndex(({ type }) => type === "IEND");
  if (end < 0) throw new Error("its end is missing");
  kept.splice(end, 0, { type: "IDAT", data: joined });
  return join([bytes.subarray(0, SIGNATURE), ...kept.flatMap(encodeChunk)]);
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE; at < bytes.length;) {
    const length = at + BEFORE > bytes.length ? 0 : view.getUint32(at);
    const end = at + BEFORE + length;
    if (end + AFTER > bytes.length) throw new Error(`it ends at ${bytes.length} bytes, within a chunk`);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (READ.includes(type) && CRC32.buf(bytes.subarray(at + 4, end)) >>> 0 !== view.getUint32(end)) {
      throw new Error(`the checksum of a chunk ${JSON.stringify(type)} does not fit`);
    }
    yield { type, data: bytes.subarray(at + BEFORE, end) };
    if (type === "IEND") return;
    at = end + AFTER;
  }
}

function readHeader(data: Uint8Array): PngHeader {
  if (data.length !== 13) throw new Error(`a header of ${data.length} bytes`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const samples = SAMPLES[data[9]];
  if (samples === undefined) throw new Error(`colour type ${data[9]}`);
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    bitsPerPixel: samples * data[8],
    interlaced: data[12] === 1,
  };
}

/** Bytes of the pixels with the filter's byte before each row. */
function dataBytes({ width, height, bitsPerPixel, interlaced }: PngHeader): number {
  const passes = interlaced ? PASSES : [[0, 0, 1, 1]];
  return passes.reduce((sum, [column, row, across, down]) => {
    const columns = Math.ceil((width - column) / across), rows = Math.ceil((height - row) / down);
    return columns <= 0 || rows <= 0 ? sum : sum + rows * (1 + Math.ceil(columns * bitsPerPixel / 8));
  }, 0);
}

function checkInflated(data: Uint8Array, expected: number): void {
  const found = inflatedLength(data, expected);
  if (found === Infinity) throw new Error(`its data are more than the ${expected} bytes of its pixels`);
  if (found !== expected) throw new Error(`its data are ${found} bytes; its pixels take ${expected}`);
}

function encodeChunk({ type, data }: Chunk): Uint8Array[] {
  const head = new Uint8Array(BEFORE), tail = new Uint8Array(AFTER);
  new DataView(head.buffer).setUint32(0, data.length);
  for (let i = 0; i < 4; i++) head[4 + i] = type.charCodeAt(i);
  new DataView(tail.buffer).setUint32(0, CRC32.buf(data, CRC32.buf(head.subarray(4))) >>> 0);
  return [head, data, tail];
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
