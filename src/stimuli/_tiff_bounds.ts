import { type ImageSize, MOST_PIXELS } from "./_image_limits.ts";
import { inflatedLength } from "./_inflated_length.ts";

/** Bytes of a value by the number of its type. */
const WIDTHS = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** A directory that one leads to: of EXIF, of GPS. Nothing in them is of use here, and they may lead in circles. */
const LEADS = [0x8769, 0x8825];

const ENTRY = 12;

/**
 * The same TIFF without the directories that its first one leads to.
 *
 * @throws {Error} where it is cut short, or its first directory says more than the file can hold.
 */
export function flatTiff(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const start = bytes.length < 8 ? Infinity : view.getUint32(4, little);
  if (!(start + 2 <= bytes.length)) throw new Error(`it ends at ${bytes.length} bytes, before its directory`);
  const entries = view.getUint16(start, little);
  if (start + 2 + ENTRY * entries + 4 > bytes.length) throw new Error("its directory is cut short");
  const leads: number[] = [];
  let stated = 0;
  for (let i = 0, at = start + 2; i < entries; i++, at += ENTRY) {
    const width = WIDTHS[view.getUint16(at + 2, little)] ?? 0;
    stated += width * view.getUint32(at + 4, little);
    if (LEADS.includes(view.getUint16(at, little))) leads.push(at);
  }
  if (stated > 2 * bytes.length) throw new Error(`its directory states ${stated} bytes of ${bytes.length}`);
  if (leads.length === 0) return bytes;
  const flat = bytes.slice();
  // An entry of no known type is passed over.
  for (const at of leads) flat.fill(0, at + 2, at + 4);
  return flat;
}

/** Where the pixels of a TIFF lie, one strip or tile after the other. */
export interface TiffParts extends ImageSize {
  readonly compression: number;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
  /** Bytes that each takes when it is not compressed. */
  readonly partBytes: number;
  /** How many the size of the picture takes. */
  readonly parts: number;
}

/** @throws {Error} where the strips or tiles are more than the picture has, or hold more than its pixels. */
export function checkTiffParts(bytes: Uint8Array, parts: TiffParts): void {
  const { compression, offsets, byteCounts, partBytes } = parts;
  if (offsets.length > parts.parts) throw new Error(`${offsets.length} strips or tiles; its size takes ${parts.parts}`);
  if (!(partBytes * parts.parts <= 8 * MOST_PIXELS)) throw new Error(`strips or tiles of ${partBytes} bytes`);
  if (byteCounts.reduce((sum, count) => sum + count, 0) > bytes.length) {
    throw new Error(`its strips or tiles are stated to take more than the ${bytes.length} bytes of the file`);
  }
  if (compression === 1) return;
  offsets.forEach((offset, index) => {
    const data = bytes.subarray(offset, offset + (byteCounts[index] ?? bytes.length));
    const held = compression === 5 ? lzwLength(data, partBytes) : inflatedLength(data, partBytes);
    if (held > partBytes) throw new Error(`a strip or tile holds more than its ${partBytes} bytes`);
  });
}

const CLEAR = 256, END = 257, FIRST = 258;

/** As many strings as codes of 12 bits are read for; a writer clears the table before. */
const LARGEST_TABLE = 4095;

/** What came before a code: nothing yet, or a code that clears the table. */
const NOTHING = -2, CLEARED = -1;

/**
 * Bytes that LZW data, codes of 9 to 12 bits after the TIFF specification of 1992, decode to. Only lengths are kept: a code
 * stands for the string before it and one byte more.
 *
 * @throws {Error} where they do not begin by clearing the table, or a code stands for a string that is not yet known: the
 *   package that decodes them has one table for all pictures, and would take a string of an earlier one.
 */
function lzwLength(data: Uint8Array, most: number): number {
  const lengths = new Uint16Array(LARGEST_TABLE).fill(1, 0, CLEAR);
  let total = 0, table = FIRST, bits = 9, before = NOTHING;
  for (let at = 0; at + bits <= 8 * data.length && total <= most;) {
    const byte = at >> 3;
    const three = (data[byte] << 16) | ((data[byte + 1] ?? 0) << 8) | (data[byte + 2] ?? 0);
    const code = (three >> (24 - bits - (at & 7))) & ((1 << bits) - 1);
    at += bits;
    if (code === END) break;
    if (code === CLEAR && before !== CLEARED) {
      table = FIRST;
      bits = 9;
      before = CLEARED;
      continue;
    }
    const unknown = before === CLEARED ? code >= CLEAR : code > table;
    if (before === NOTHING || unknown || table >= LARGEST_TABLE) throw new Error("its LZW data are damaged");
    total += code < table ? lengths[code] : lengths[before] + 1;
    if (before >= 0) lengths[table++] = lengths[before] + 1;
    before = code;
    if (table >= (1 << bits) - 1 && bits < 12) bits++;
  }
  return total;
}
