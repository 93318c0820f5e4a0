/** Bytes, or text of one byte a character. */
type Part = Uint8Array | readonly number[] | string;

/** Parts of files, one after the other. */
export function join(...parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  return concat(parts);
}

/** The same for any number of them. */
export function concat(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const all = parts.map((part) =>
    typeof part === "string" ? latin1(part) : part instanceof Uint8Array ? part : Uint8Array.from(part)
  );
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Text of one byte a character. */
export function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The same part so many times. */
export function repeat(part: Part, times: number): Uint8Array<ArrayBuffer> {
  const one = join(part), whole = new Uint8Array(one.length * times);
  if (one.length === 1) return whole.fill(one[0]);
  whole.set(one);
  // Doubled as long as it fits, since copying is fast.
  for (let held = one.length; held < whole.length; held *= 2) whole.copyWithin(held, 0, held);
  return whole;
}

/** A whole number of so many bytes, little-endian. */
export function little(value: number, width: 2 | 4 | 8): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(width);
  for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

/** The same, big-endian. */
export function big(value: number, width: 2 | 4 | 8): Uint8Array<ArrayBuffer> {
  return little(value, width).reverse();
}
