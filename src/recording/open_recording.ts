import { readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { UnusableRecordingError } from "../errors.ts";
import type { StoredMoments } from "../statistics/mod.ts";
import { GroupedRecording, type GroupSource } from "./_grouped_recording.ts";
import type { Slice } from "./_layout.ts";
import { type Prologue, readPrologue } from "./_prologue.ts";
import { readFully } from "./_read_fully.ts";
import { MOST_MOMENT_BYTES } from "./moment_bytes.ts";
import { readSeals, verifyRecords } from "./_records.ts";
import type { Seal } from "./_seal.ts";
import type { Recording } from "./recording.ts";

/** How a recording is opened. */
export interface OpenRecordingOptions {
  /** What {@linkcode recordingKey} gives for what is expected. @default whatever the file is of */
  readonly key?: string;
  /**
   * Whether the whole file is read through and compared with its checksums now. Each layer is compared when it is read in any
   * case, so a thread may leave this out where another thread has done it.
   *
   * @default true
   */
  readonly verify?: boolean;
  /**
   * Moments of a layer that take more bytes of memory are not read with the layer: each time that they are needed they come
   * from the file, which has to stay open until then.
   *
   * @default 96 MiB
   */
  readonly mostMomentBytes?: number;
}

/**
 * Opens a finished file of a recording.
 *
 * The file, in little-endian order: `FUSIFORM`, the version, the length of the JSON and a CRC-32 (uint32 each), the JSON with
 * key, header and the place of every group, and the indices of the sampled units (uint32). Then group after group, and in each
 * layer after layer: means, squared deviations, sampled responses `[images, units]` and channel means `[images, channels]`
 * (float32; the last are left out where they are the responses). A group ends with its self-check (float64), a CRC-32 of each
 * layer and one of these.
 *
 * @throws {UnusableRecordingError} where it is damaged, cut short, no recording or of another key.
 * @throws {Error} where it cannot be read.
 */
export async function openRecording(
  path: string,
  { key, verify = true, mostMomentBytes = MOST_MOMENT_BYTES }: OpenRecordingOptions = {},
): Promise<Recording> {
  const handle = await openFile(path);
  try {
    const prologue = await readPrologue(handle, path);
    if (key !== undefined && prologue.key !== key) {
      throw new UnusableRecordingError(path, "it is of another network, other images or other settings than expected");
    }
    const { header, layout, start } = prologue;
    const expected = start + layout.recordStart(layout.groups.length);
    const { size } = await handle.stat();
    if (size !== expected) throw new UnusableRecordingError(path, `it has ${size} bytes; expected ${expected}`);
    const { seals, end } = await (verify ? verifyRecords : readSeals)(handle, prologue);
    if (end !== "whole") throw damaged(path, prologue, seals.length);
    return new GroupedRecording(header, {
      layout,
      source: new FileSource(handle, { path, prologue, seals, most: mostMomentBytes }),
      path,
      selfCheck: Math.max(0, ...seals.map(({ selfCheck }) => selfCheck)),
    });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing ? "there is no such file" : (error as Error).message;
    throw new Error(`Cannot open the recording "${path}": ${reason}`, { cause: error });
  }
}

function damaged(path: string, { header, layout }: Prologue, group: number): UnusableRecordingError {
  const { condition, block } = layout.groups[group];
  return new UnusableRecordingError(
    path,
    `what it holds of ${header.conditions[condition]}, block ${block}, is not what was written`,
  );
}

class FileSource implements GroupSource {
  readonly copies = true;
  readonly stored: GroupSource["stored"];
  #handle: FileHandle | null;
  readonly #path: string;
  readonly #prologue: Prologue;
  readonly #seals: readonly Seal[];

  constructor(handle: FileHandle, { path, prologue, seals, most }: {
    path: string;
    prologue: Prologue;
    seals: readonly Seal[];
    most: number;
  }) {
    this.#handle = handle;
    this.stored = { most, read: (group, index) => this.#stored(group, index) };
    this.#path = path;
    this.#prologue = prologue;
    this.#seals = seals;
  }

  async read(group: number, index: number): Promise<Slice> {
    const { layout } = this.#prologue;
    const bytes = new Uint8Array(layout.sliceBytes(group, index));
    const whole = await readFully(this.#open(), bytes, this.#placeOf(group, index));
    if (!whole || crc32(bytes) !== this.#seals[group].checksums[index]) {
      throw damaged(this.#path, this.#prologue, group);
    }
    return layout.slice(group, index, bytes.buffer, 0);
  }

  /** Read while a computation waits: what it needs comes from the system's own memory of the file as a rule. */
  #stored(group: number, index: number): StoredMoments {
    const { layout } = this.#prologue;
    const { units } = layout.layers[index].layer;
    const start = this.#placeOf(group, index);
    const fill = (values: Float32Array, from: number): Float32Array => {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      const at = start + from * values.BYTES_PER_ELEMENT;
      for (let done = 0; done < bytes.length;) {
        const read = readSync(this.#open().fd, bytes, done, bytes.length - done, at + done);
        if (read === 0) throw damaged(this.#path, this.#prologue, group);
        done += read;
      }
      return values;
    };
    return {
      n: layout.imagesOf(group),
      units,
      get mean() {
        return fill(new Float32Array(units), 0);
      },
      get m2() {
        return fill(new Float32Array(units), units);
      },
      read(from, mean, m2) {
        fill(mean, from);
        fill(m2, units + from);
      },
    };
  }

  #open(): FileHandle {
    if (this.#handle === null) throw new Error(`Cannot read the recording "${this.#path}": it is closed`);
    return this.#handle;
  }

  /** Where a layer of a group begins in the file. */
  #placeOf(group: number, index: number): number {
    const { layout, start } = this.#prologue;
    return start + layout.recordStart(group) + layout.sliceStart(group, index);
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }
}
