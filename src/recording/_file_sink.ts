import { type FileHandle, open } from "node:fs/promises";
import type { PartFile } from "../store/mod.ts";
import type { Layout } from "./_layout.ts";
import type { GroupSink } from "./_memory_sink.ts";
import { sealRecord } from "./_seal.ts";
import { free } from "../kernels/mod.ts";

/**
 * Appends groups to a file. A group is written while the next one runs, so there are two records' worth of memory, which
 * serve in turn.
 */
export class FileSink implements GroupSink {
  readonly #part: PartFile;
  readonly #handle: FileHandle;
  readonly #layout: Layout;
  readonly #buffers: ArrayBuffer[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(part: PartFile, handle: FileHandle, layout: Layout) {
    this.#part = part;
    this.#handle = handle;
    this.#layout = layout;
    this.#buffers = [0, 1].map(() => new ArrayBuffer(layout.largestRecord));
  }

  /** Takes a part that holds its prologue and the groups found in it, and nothing else. */
  static async open(part: PartFile, layout: Layout): Promise<FileSink> {
    // Deno appends beside the main thread; other ways of writing block it.
    return new FileSink(part, await open(part.path, "a"), layout);
  }

  take(group: number): ArrayBuffer {
    return this.#buffers[group % 2];
  }

  async put(group: number, record: Uint8Array<ArrayBuffer>, selfCheck: number): Promise<void> {
    sealRecord(record, this.#layout, group, selfCheck);
    await this.flush();
    if (this.#part.lost) {
      throw new Error(`Cannot write the recording "${this.#part.path}": another process took it over`);
    }
    this.#writing = this.#write(record);
    // Its failure is thrown when the next group ends.
    this.#writing.catch(() => undefined);
  }

  async flush(): Promise<void> {
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    for (const buffer of this.#buffers) free(new Uint8Array(buffer));
    await this.#handle.close();
  }

  async #write(record: Uint8Array): Promise<void> {
    try {
      await this.#handle.appendFile(record);
      await this.#handle.datasync();
    } catch (error) {
      throw explain(error as NodeJS.ErrnoException, this.#part.path);
    }
  }
}

function explain(error: NodeJS.ErrnoException, path: string): Error {
  const full = error.code === "ENOSPC" || error.code === "EDQUOT";
  const reason = full
    ? "the disk is full; make space and run it again, which continues where it stopped"
    : error.message;
  return new Error(`Cannot write the recording "${path}": ${reason}`, { cause: error });
}
