import { Unzlib } from "fflate";

/** Data are inflated in pieces of this size, each to about a thousand times as much at most. */
const PIECE = 2 ** 12;

/**
 * Bytes that zlib data inflate to, inflated no further than to the most.
 *
 * @param most Bytes that they may be.
 * @returns Infinity where they are more.
 * @throws {Error} where the data are damaged; the message is what the library says.
 */
export function inflatedLength(data: Uint8Array, most: number): number {
  let length = 0;
  const inflate = new Unzlib(({ length: more }) => void (length += more));
  for (let at = 0; at < data.length && length <= most; at += PIECE) {
    inflate.push(data.subarray(at, at + PIECE), at + PIECE >= data.length);
  }
  return length > most ? Infinity : length;
}
