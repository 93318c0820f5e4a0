import { constants, crc32, deflateRawSync, deflateSync } from "node:zlib";
import { big, join, little, repeat } from "./bytes.ts";

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = join(type, data);
  return join(big(data.length, 4), body, big(crc32(body), 4));
}

/** A PNG with these chunks between its header and its end. */
export function png(
  { width, height, bits = 8, colour = 2 }: { width: number; height: number; bits?: number; colour?: number },
  ...chunks: readonly (readonly [string, Uint8Array])[]
): Uint8Array<ArrayBuffer> {
  return join(
    "\x89PNG\r\n\x1a\n",
    chunk("IHDR", join(big(width, 4), big(height, 4), [bits, colour, 0, 0, 0])),
    ...chunks.map(([type, data]) => chunk(type, data)),
    chunk("IEND", new Uint8Array()),
  );
}

/** Zeros, `times` megabytes of them, in a thousandth of that, without the checksum at the end. */
export function inflatesTo(times: number): Uint8Array<ArrayBuffer> {
  const block = deflateRawSync(new Uint8Array(2 ** 20), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const blocks = new Uint8Array(block.length * times);
  for (let i = 0; i < times; i++) blocks.set(block, i * block.length);
  return join([0x78, 0x9c], blocks, [3, 0, 0, 0, 0, 1]);
}

/** The rows of a black RGB picture, compressed. */
export function blackRows(width: number, height: number): Uint8Array {
  return deflateSync(new Uint8Array(height * (1 + 3 * width)));
}

/** The head of a baseline JPEG of this size, and so many scans without data. */
export function jpeg(width: number, height: number, scans: number): Uint8Array<ArrayBuffer> {
  const components = [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
  const frame = join([0xff, 0xc2], big(17, 2), [8], big(height, 2), big(width, 2), components);
  return join([0xff, 0xd8], frame, repeat([0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0], scans), [0xff, 0xd9]);
}

/** An entry of a TIFF's directory: tag, type, count, value. */
type Entry = readonly [tag: number, type: number, count: number, value: number];

/** A TIFF whose directory has these entries, with data from byte 8 on. */
export function tiff(entries: readonly Entry[], data: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const listed = entries.map(([tag, type, count, value]) =>
    join(little(tag, 2), little(type, 2), little(count, 4), little(value, 4))
  );
  return join("II*\0", little(8 + data.length, 4), data, little(entries.length, 2), ...listed, little(0, 4));
}

/** The entries of a grey TIFF in one strip. */
export function greyTiff(
  { width, height, compression, bytes }: { width: number; height: number; compression: number; bytes: number },
): Entry[] {
  const tags = [[256, width], [257, height], [258, 8], [259, compression], [262, 1], [273, 8], [277, 1], [278, height]];
  return [...tags, [279, bytes]].map(([tag, value]) => [tag, 4, 1, value]);
}

/**
 * LZW codes of a TIFF that stand for ever longer runs of zeros, over and over.
 *
 * @param before Codes of 9 bits that come first.
 */
export function lzwRuns(rounds: number, before: readonly number[] = []): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  let held = 0, count = 0;
  const put = (code: number, bits: number): void => {
    held = (held * 2 ** bits) + code;
    for (count += bits; count >= 8; count -= 8) {
      out.push(Math.floor(held / 2 ** (count - 8)) & 255);
      held %= 2 ** (count - 8);
    }
  };
  for (const code of before) put(code, 9);
  for (let round = 0; round < rounds; round++) {
    put(256, round === 0 ? 9 : 12);
    put(0, 9);
    for (let next = 258, bits = 9; next < 4094; next++) {
      put(next, bits);
      if (next + 1 >= 2 ** bits - 1 && bits < 12) bits++;
    }
  }
  return join(out);
}

/** The head of a GIF of this size with a frame of it. */
export function gif(width: number, height: number): Uint8Array<ArrayBuffer> {
  const size = join(little(width, 2), little(height, 2));
  return join("GIF89a", size, [0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c], repeat([0], 4), size, [
    0,
    2,
    1,
    0x44,
    0,
    0x3b,
  ]);
}

/** The head of a WebP whose canvas has this size. */
export function webp(width: number, height: number): Uint8Array<ArrayBuffer> {
  const body = join(
    "WEBPVP8X",
    little(10, 4),
    repeat([0], 4),
    little(width - 1, 4).subarray(0, 3),
    little(height - 1, 4).subarray(0, 3),
  );
  return join("RIFF", little(body.length, 4), body);
}

/** The head of a BMP of this size. */
export function bmp(width: number, height: number): Uint8Array<ArrayBuffer> {
  const info = join(little(40, 4), little(width, 4), little(height, 4), [1, 0, 1, 0], repeat([0], 24));
  return join("BM", little(54, 4), repeat([0], 4), little(54, 4), info);
}
