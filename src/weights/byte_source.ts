/** Bytes that are read by offset, in a file or in memory. */
export interface ByteSource {
  /** What to call it in an error: a path, or words. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /**
   * Reads exactly `length` bytes from `offset`.
   *
   * @throws {Error} where the source ends before.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Lets go of the file. */
  close(): Promise<void>;
}

/** Why a part of a source cannot be read; undefined where it can. */
export function outside(source: { name: string; size: number }, offset: number, length: number): Error | undefined {
  if (offset >= 0 && length >= 0 && offset + length <= source.size) return undefined;
  return new Error(
    `Cannot read ${length} bytes at ${offset} of "${source.name}": it has ${source.size} bytes; expected a whole file`,
  );
}

/** Bytes in memory as a source; they are not copied. */
export function memorySource(bytes: Uint8Array, name = "bytes in memory"): ByteSource {
  const source = { name, size: bytes.length };
  return {
    ...source,
    read(offset, length) {
      const error = outside(source, offset, length);
      if (error !== undefined) return Promise.reject(error);
      // No part of a Buffer, whose slices are not copies.
      return Promise.resolve(new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length));
    },
    close: () => Promise.resolve(),
  };
}
