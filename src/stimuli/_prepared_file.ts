import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { noteUnfinished, ownName } from "../store/mod.ts";
import { encodeIndex, type PreparedEntry, readAt, readIndex } from "./_prepared_index.ts";
import type { Planes } from "./preprocess.ts";

/** Bytes that are copied at once. */
const CHUNK = 2 ** 22;

/** Options of {@linkcode PreparedFile.open}. */
export interface PreparedFileOptions {
  /** Samples of a plane. */
  readonly size: number;
  /** What the images are and how they were prepared, for people. */
  readonly label: string;
  /** Whether it stays when it is closed; what was there before is then used. */
  readonly keep: boolean;
  /** Told in a sentence that what was there is damaged. */
  readonly onNotice: (sentence: string) => void;
}

/**
 * Prepared images of one recipe in one file. What is added goes to a file of this process alone, which takes the other's place
 * when it is closed, so that what stands under the path is always whole. Every image is checked by its hash when it is read.
 */
export class PreparedFile {
  readonly #path: string;
  readonly #options: PreparedFileOptions;
  readonly #images: Map<string, PreparedEntry> = new Map();
  readonly #writes: Set<Promise<void>> = new Set();
  /** What was there before. */
  #base: FileHandle | null = null;
  /** Holds what was there before too. */
  #part: Promise<Part> | null = null;
  #end = 0;
  #usable = true;

  private constructor(path: string, options: PreparedFileOptions) {
    this.#path = path;
    this.#options = options;
  }

  /** Opens what is there, or nothing. */
  static async open(path: string, options: PreparedFileOptions): Promise<PreparedFile> {
    const file = new PreparedFile(path, options);
    if (options.keep) await file.#openBase();
    return file;
  }

  /** How many images it has. */
  get count(): number {
    return this.#images.size;
  }

  /** Whether images can be added. */
  get usable(): boolean {
    return this.#usable;
  }

  /** Whether it has an image. */
  has(id: string): boolean {
    return this.#images.has(id);
  }

  /** Reads an image. Null where it is damaged, which is told; then the file has it no more. */
  async read(id: string): Promise<Planes | null> {
    const entry = this.#images.get(id)!;
    const { size } = this.#options;
    const bytes = await this.#bytes(entry).catch(() => null);
    if (bytes === null || sha256(bytes) !== entry.sha256) {
      if (this.#images.get(id) === entry) {
        this.#images.delete(id);
        this.#options.onNotice(`The prepared image "${id}" in "${this.#path}" is damaged and is made again`);
      }
      return null;
    }
    const plane = (k: number): Uint8Array => bytes.subarray(k * size, (k + 1) * size);
    const red = plane(0);
    return entry.planes === 1 ? [red, red, red] : [red, plane(1), plane(2)];
  }

  /** Adds an image. Where it cannot be written, which is told, nothing more is added. */
  async write(id: string, planes: Planes): Promise<void> {
    if (!this.#usable) return;
    const write = this.#append(id, planes).catch((error: Error) => this.#tellUnkept(error));
    this.#writes.add(write);
    await write;
    this.#writes.delete(write);
  }

  /** Puts what was added in its place, or removes it where it is not to be kept. */
  async close(): Promise<void> {
    await Promise.all(this.#writes);
    const part = await this.#part?.catch(() => null) ?? null;
    this.#part = null;
    const whole = part !== null && this.#options.keep && this.#usable;
    try {
      if (whole) await this.#seal(part);
      await part?.handle.close();
      await this.#base?.close();
      this.#base = null;
      if (whole) await rename(part.path, this.#path);
    } catch (error) {
      this.#tellUnkept(error as Error);
    } finally {
      if (part !== null) await rm(part.path, { force: true });
      part?.finish();
    }
  }

  #tellUnkept(error: Error): void {
    if (this.#usable) {
      this.#options.onNotice(`Prepared images are not kept: cannot write "${this.#path}": ${error.message}`);
    }
    this.#usable = false;
  }

  async #openBase(): Promise<void> {
    const handle = await open(this.#path, "r").catch(() => null);
    if (handle === null) return;
    const found = await readIndex(handle).catch(() => null);
    if (found === null) {
      this.#options.onNotice(`The prepared images in "${this.#path}" are damaged and are made again`);
      return await handle.close();
    }
    const now = new Date();
    // What the store removes first is what was not used for long; who may not say so still may read.
    await utimes(this.#path, now, now).catch(() => undefined);
    this.#base = handle;
    this.#end = found.start;
    for (const [id, entry] of Object.entries(found.index.images)) this.#images.set(id, entry);
  }

  async #bytes({ at, planes }: PreparedEntry): Promise<Uint8Array> {
    const handle = (await this.#part)?.handle ?? this.#base!;
    return await readAt(handle, at, planes * this.#options.size);
  }

  async #append(id: string, [red, green, blue]: Planes): Promise<void> {
    const grey = red === green && red === blue;
    const { size } = this.#options;
    const bytes = grey ? red : new Uint8Array(3 * size);
    if (!grey) [red, green, blue].forEach((plane, k) => bytes.set(plane, k * size));
    const at = this.#end;
    this.#end += bytes.length;
    const { handle } = await (this.#part ??= this.#openPart(at));
    await handle.write(bytes, 0, bytes.length, at);
    this.#images.set(id, { at, planes: grey ? 1 : 3, sha256: sha256(bytes) });
  }

  async #openPart(held: number): Promise<Part> {
    const path = `${this.#path}.${ownName()}.part`;
    await mkdir(dirname(path), { recursive: true });
    const finish = noteUnfinished({ path, made: null });
    const handle = await open(path, "w+");
    // From the open file: another process may have put its own in its place.
    for (let at = 0; at < held; at += CHUNK) {
      const bytes = await readAt(this.#base!, at, Math.min(CHUNK, held - at));
      await handle.write(bytes, 0, bytes.length, at);
    }
    return { path, handle, finish };
  }

  async #seal({ handle }: Part): Promise<void> {
    const index = encodeIndex({ label: this.#options.label, images: Object.fromEntries(this.#images) });
    await handle.truncate(this.#end);
    await handle.write(index, 0, index.length, this.#end);
  }
}

interface Part {
  readonly path: string;
  readonly handle: FileHandle;
  readonly finish: () => void;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
