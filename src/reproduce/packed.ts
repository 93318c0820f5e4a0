import { deserialize, serialize } from "node:v8";

/**
 * Packs plain data into one buffer, which crosses threads by being transferred: hundreds of arrays inside a message are copied one
 * by one, which takes longer.
 */
export function pack(value: unknown): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = serialize(value);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

/** Undoes {@linkcode pack}. */
export function unpack<T>(buffer: ArrayBuffer): T {
  return deserialize(new Uint8Array(buffer)) as T;
}
