import type { ImageSize } from "./_image_limits.ts";
import type { Pixels } from "./stimulus.ts";

/** What stands before the pixels. */
interface BmpHeader {
  readonly start: number;
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  /** Where the colours of a palette begin, and how many there are. */
  readonly palette: number;
  readonly colours: number;
}

const FILE_HEADER = 14;
const LEAST_HEADER = 40;
const MASKS = [0x00ff0000, 0x0000ff00, 0x000000ff];

function readHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(14, true);
  const height = view.getInt32(22, true);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const masks = compression === 3 && size === LEAST_HEADER ? 12 : 0;
  return {
    start: view.getUint32(10, true),
    width: view.getInt32(18, true),
    height: Math.abs(height),
    topDown: height < 0,
    bits,
    compression:
      compression === 3 && bytes.length >= 66 && MASKS.every((mask, i) => view.getUint32(54 + 4 * i, true) === mask)
        ? 0
        : compression,
    palette: FILE_HEADER + size + masks,
    colours: bits > 8 ? 0 : view.getUint32(46, true) || 1 << bits,
  };
}

/** What kind of BMP it is where that is not read. */
export function unreadBmp(bytes: Uint8Array): string | null {
  if (bytes.length < FILE_HEADER + LEAST_HEADER) return null;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true);
  if (size < LEAST_HEADER) return "a BMP of OS/2";
  const { bits, compression } = readHeader(bytes);
  if (![1, 4, 8, 24, 32].includes(bits)) return `a BMP of ${bits} bits a pixel`;
  if (compression === 3) return "a BMP with unusual colour masks";
  return compression === 0 ? null : "a compressed BMP";
}

/** The size in the header; null where it is cut short. */
export function bmpSize(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < FILE_HEADER + LEAST_HEADER) return null;
  const { width, height } = readHeader(bytes);
  return width > 0 ? { width, height } : null;
}

/**
 * Decodes an uncompressed BMP, as Pillow does; alpha is dropped. (The packages that read BMP give other colours than Pillow for
 * palettes and take no account of where the pixels begin.)
 */
export function decodeBmp(bytes: Uint8Array): Pixels {
  if (bytes.length < FILE_HEADER + LEAST_HEADER) throw new Error(`${bytes.length} bytes`);
  const { start, width, height, topDown, bits, palette, colours } = readHeader(bytes);
  const rowBytes = Math.ceil(width * bits / 32) * 4;
  if (!(width > 0 && height > 0)) throw new Error(`${width}×${height} pixels`);
  // Some writers leave out the padding of the last row.
  const needed = start + rowBytes * (height - 1) + Math.ceil(width * bits / 8);
  if (bytes.length < needed) throw new Error(`${bytes.length} bytes of ${needed}`);
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const row = start + rowBytes * (topDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++, to += 3) {
      const bit = x * bits;
      let from = row + (bit >> 3);
      if (bits <= 8) {
        const index = (bytes[from] >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
        if (index >= colours) throw new Error(`colour ${index} of a palette of ${colours}`);
        from = palette + 4 * index;
      }
      data[to] = bytes[from + 2];
      data[to + 1] = bytes[from + 1];
      data[to + 2] = bytes[from];
    }
  }
  return { width, height, data };
}
