import { type FileHandle, open } from "node:fs/promises";
import { checkRegularFile } from "../store/mod.ts";
import { type ByteSource, outside } from "./byte_source.ts";

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
