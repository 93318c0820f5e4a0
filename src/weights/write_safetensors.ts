import { narrow, WRITTEN_BYTES, type WrittenType } from "./_narrow.ts";
import type { NamedTensor } from "./memory_checkpoint.ts";

/** A tensor and how it is to be stored. */
export interface WrittenTensor extends NamedTensor {
  /** Its element type in the file; what has fewer bits rounds to the nearest, ties to even. @default "F32" */
  readonly dtype?: WrittenType;
}

/**
 * Writes tensors as a safetensors file, in the order given; the same input gives the same bytes.
 *
 * @param metadata Free text by name, kept in the file's header.
 * @throws {Error} where data do not fill their shape or a value is beyond its element type's range.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, WrittenTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let size = 0;
  for (const [name, { shape, data, dtype = "F32" }] of tensors) {
    const expected = shape.reduce((product, size) => product * size, 1);
    if (expected !== data.length) {
      throw new Error(
        `Cannot write tensor "${name}": ${data.length} values; expected ${expected} for shape [${shape.join(", ")}]`,
      );
    }
    const bytes = data.length * WRITTEN_BYTES[dtype];
    header[name] = { dtype, shape, data_offsets: [size, size + bytes] };
    size += bytes;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Filled up with spaces, so that the first tensor starts at a multiple of eight and a reader may map the file.
  const length = 8 * Math.ceil(text.length / 8);
  const bytes = new Uint8Array(8 + length + size).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const [name, { data, dtype = "F32" }] of tensors) {
    const stored = narrowed(name, data, dtype);
    bytes.set(stored, at);
    at += stored.length;
  }
  return bytes;
}

function narrowed(name: string, data: Float32Array, dtype: WrittenType): Uint8Array {
  try {
    return narrow(data, dtype);
  } catch (error) {
    throw new Error(`Cannot write tensor "${name}": ${(error as Error).message}`, { cause: error });
  }
}
