const LARGEST_TABLE = 4096;

/** The data of a frame: the size of its codes, then blocks of up to 255 bytes, each after its length. */
function* blockBytes(bytes: Uint8Array, start: number): Generator<number> {
  for (let at = start; at < bytes.length && bytes[at] > 0; at += 1 + bytes[at]) {
    yield* bytes.subarray(at + 1, at + 1 + bytes[at]);
  }
}

/**
 * Checks the LZW codes of a frame, after the GIF89a specification: none may stand for a string that is not yet known. The
 * package that decodes them looks such a string up without end.
 *
 * @param start Where the size of the codes stands.
 * @throws {Error} where a code stands for nothing, or the size is none.
 */
export function checkGifCodes(bytes: Uint8Array, start: number): void {
  const size = bytes[start];
  if (!(size >= 1 && size <= 8)) throw new Error(`codes of ${size} bits`);
  const clear = 1 << size, end = clear + 1;
  let bits = size + 1, next = end + 1, first = true;
  let held = 0, count = 0;
  for (const byte of blockBytes(bytes, start + 1)) {
    held |= byte << count;
    for (count += 8; count >= bits;) {
      const code = held & ((1 << bits) - 1);
      held >>>= bits;
      count -= bits;
      if (code === end) return;
      if (code === clear) {
        bits = size + 1;
        next = end + 1;
        first = true;
        continue;
      }
      if (first ? code > clear : code > next) throw new Error(`code ${code} stands for nothing`);
      if (!first && next < LARGEST_TABLE) {
        next++;
        if (next >= 1 << bits && bits < 12) bits++;
      }
      first = false;
    }
  }
}
