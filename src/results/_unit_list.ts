import { base64 } from "../stimuli/browser.ts";

/**
 * Indices of units as text: the distance of each from the one before, seven bits a byte with the lowest first, in base 64.
 *
 * @param units Ascending.
 */
export function encodeUnits(units: Uint32Array): string {
  const bytes: number[] = [];
  let before = 0;
  for (const unit of units) {
    let gap = unit - before;
    before = unit;
    for (; gap > 0x7f; gap >>>= 7) bytes.push((gap & 0x7f) | 0x80);
    bytes.push(gap);
  }
  return base64(Uint8Array.from(bytes));
}

/**
 * Undoes {@linkcode encodeUnits}.
 *
 * @throws {Error} where the text is no such list.
 */
export function decodeUnits(text: string): Uint32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const units: number[] = [];
  let before = 0, gap = 0, shift = 0;
  for (const byte of bytes) {
    gap += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (shift > 35) throw new Error("a list of units has a number of more than five bytes");
    if (byte > 0x7f) continue;
    before += gap;
    units.push(before);
    gap = shift = 0;
  }
  if (shift !== 0) throw new Error("a list of units is cut short");
  return Uint32Array.from(units);
}
