import type { NamedTensor } from "./memory_checkpoint.ts";

/**
 * Writes tensors as a safetensors file of float32, in the order given; the same input gives the same bytes.
 *
 * @param metadata Free text by name, kept in the file's header.
 * @throws {Error} where data do not fill their shape.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, NamedTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let size = 0;
  for (const [name, { shape, data }] of tensors) {
    const expected = shape.reduce((product, size) => product * size, 1);
    if (expected !== data.length) {
      throw new Error(
        `Cannot write tensor "${name}": ${data.length} values; expected ${expected} for shape [${shape.join(", ")}]`,
      );
    }
    header[name] = { dtype: "F32", shape, data_offsets: [size, size + data.byteLength] };
    size += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Filled up with spaces, so that tensors start at a multiple of eight and a reader may map them.
  const length = 8 * Math.ceil(text.length / 8);
  const bytes = new Uint8Array(8 + length + size).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}
