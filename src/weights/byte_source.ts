import { type FileHandle, open } from "node:fs/promises";
import { checkRegularFile } from "../store/mod.ts";

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

function outside(source: { name: string; size: number }, offset: number, length: number): Error | undefined {
  if (offset >= 0 && length >= 0 && offset + length <= source.size) return undefined;
  return new Error(
    `Cannot read ${length} bytes at ${offset} of "${source.name}": it has ${source.size} bytes; expected a whole file`,
  );
}

class FileSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly #handle: FileHandle;

  constructor(name: string, size: number, handle: FileHandle) {
    this.name = name;
    this.size = size;
    this.#handle = handle;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const error = outside(this, offset, length);
    if (error !== undefined) throw error;
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await this.#handle.read(bytes, done, length - done, offset + done);
      if (bytesRead === 0) {
        throw new Error(`Cannot read "${this.name}": it ended at ${offset + done} bytes; expected ${this.size}`);
      }
      done += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/**
 * Opens a file for reading by offset. Close it when done.
 *
 * @throws {Error} where there is no such file, it is none (a folder, a pipe, a device) or it cannot be read.
 */
export async function fileSource(path: string): Promise<ByteSource> {
  let handle: FileHandle;
  try {
    await checkRegularFile(path);
    handle = await open(path, "r");
  } catch (error) {
    throw new Error(`Cannot open "${path}": ${(error as Error).message}`, { cause: error });
  }
  return new FileSource(path, (await handle.stat()).size, handle);
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
