import { narrow } from "./_pickle_text.ts";

const latin1 = new TextDecoder("latin1");
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The bytes end before the pickle does. */
export class PickleCutShortError extends Error {}

/** Reads a pickle's numbers and texts one after the other. */
export class PickleBytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the next value begins. */
  get at(): number {
    return this.#at;
  }

  #need(length: number): number {
    const start = this.#at;
    if (length > this.#bytes.length - start) {
      throw new PickleCutShortError(`it ends at ${this.#bytes.length} bytes, in mid-value`);
    }
    this.#at += length;
    return start;
  }

  unsigned(width: 1 | 2 | 4 | 8): number {
    const at = this.#need(width);
    if (width === 1) return this.#view.getUint8(at);
    if (width === 2) return this.#view.getUint16(at, true);
    if (width === 4) return this.#view.getUint32(at, true);
    return Number(this.#view.getBigUint64(at, true));
  }

  int32(): number {
    return this.#view.getInt32(this.#need(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#need(8));
  }

  /** A two's-complement integer of any width. */
  long(width: number): number | bigint {
    const at = this.#need(width);
    let value = 0n, from = width;
    for (; from % 8 !== 0; from--) value = (value << 8n) | BigInt(this.#bytes[at + from - 1]);
    for (; from > 0; from -= 8) value = (value << 64n) | this.#view.getBigUint64(at + from - 8, true);
    if (width > 0 && this.#bytes[at + width - 1] & 0x80) value -= 1n << BigInt(8 * width);
    return narrow(value);
  }

  slice(length: number): Uint8Array {
    const at = this.#need(length);
    return this.#bytes.subarray(at, at + length);
  }

  text(length: number): string {
    return utf8.decode(this.slice(length));
  }

  latin(length: number): string {
    return latin1.decode(this.slice(length));
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw new PickleCutShortError(`it ends at ${this.#bytes.length} bytes, in mid-line`);
    const line = latin1.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return line;
  }
}
