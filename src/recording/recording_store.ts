import { mkdir, open, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StoreFullError } from "../errors.ts";
import { ownerRuns, ownName } from "../store/mod.ts";
import { readPrologue } from "./_prologue.ts";
import { UnusableRecordingError } from "./unusable_recording_error.ts";

const SUFFIX = ".recording";
const LIMIT_BYTES = 10 * 2 ** 30;
/** How often a note says that its recording is in use, and after how long one that nobody renewed says nothing. */
const BEAT_MS = 20_000;
const STALE_MS = 120_000;

/** A file of the store, finished or not. */
export interface StoredRecording {
  /** What {@linkcode recordingKey} gave. */
  readonly key: string;
  /** What the network was called when it was recorded; null where nobody said or the file is damaged. */
  readonly label: string | null;
  /** Its size. */
  readonly bytes: number;
  /** When it was last used, in milliseconds since 1970. */
  readonly used: number;
  /** Whether all its groups are recorded. */
  readonly finished: boolean;
  /** Whether a running process needs it. */
  readonly inUse: boolean;
  /** Where it lies. */
  readonly path: string;
}

/**
 * Recordings under their keys, kept under a limit of bytes: what was used longest ago goes first, and nothing that a running
 * process needs.
 */
export class RecordingStore {
  /** The directory, made when something is first put there. */
  readonly root: string;
  /** Most bytes to keep. */
  readonly limitBytes: number;
  readonly #needed = new Map<string, string>();
  #beat: ReturnType<typeof setInterval> | undefined;

  /**
   * Opens a store; nothing is read or made yet.
   *
   * @param root Its directory: `recordings` in the directory of the other store.
   * @param options.limitBytes Most bytes to keep. @default 10 GiB
   */
  constructor(root: string, { limitBytes = LIMIT_BYTES }: { readonly limitBytes?: number } = {}) {
    this.root = root;
    this.limitBytes = limitBytes;
  }

  /** Where a recording lies, or would. */
  pathOf(key: string): string {
    return join(this.root, `${key}${SUFFIX}`);
  }

  /**
   * Makes space for a recording, and keeps it from being removed until it is released.
   *
   * @param bytes What it takes when it is finished.
   * @returns Its path.
   * @throws {StoreFullError} where the limit leaves no space for it beside those that are in use.
   */
  async reserve(key: string, bytes: number): Promise<string> {
    await mkdir(this.root, { recursive: true });
    if (!this.#needed.has(key)) {
      const note = join(this.root, `${key}.${ownName()}.use`);
      await writeFile(note, "");
      this.#needed.set(key, note);
      this.#beat ??= setInterval(() => this.#renew(), BEAT_MS);
      // Who forgets to close the store keeps no process alive; its notes then count as those of a process that has ended.
      (this.#beat as { unref?(): void }).unref?.();
    }
    const now = new Date();
    // Where it is not there yet, there is nothing to mark as used.
    await utimes(this.pathOf(key), now, now).catch(() => undefined);
    try {
      await this.#reduce(this.limitBytes - bytes, key, (used) =>
        new StoreFullError(
          `Cannot keep a recording of ${describeBytes(bytes)}: the limit is ${describeBytes(this.limitBytes)}, ` +
            `${
              used === 0 ? "which is less" : `and ${describeBytes(used)} are in use`
            }; raise the limit or do not keep it`,
        ));
    } catch (error) {
      await this.release(key);
      throw error;
    }
    return this.pathOf(key);
  }

  /** Lets a recording go that {@linkcode RecordingStore.reserve} has kept; it may be removed when space is needed. */
  async release(key: string): Promise<void> {
    const note = this.#needed.get(key);
    if (note === undefined) return;
    this.#needed.delete(key);
    await rm(note, { force: true });
  }

  /** What is kept, last used first. */
  async list(): Promise<StoredRecording[]> {
    const names = await readdir(this.root).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const found: StoredRecording[] = [];
    for (const name of names) {
      const [, key, owner] = /^(.+?)(?:\.recording|\.recording\.([^.]+)\.part)$/.exec(name) ?? [];
      if (key === undefined) continue;
      const path = join(this.root, name);
      const about = await stat(path).catch(() => null);
      // Another process may have removed or finished it meanwhile.
      if (about === null || !about.isFile()) continue;
      found.push({
        key,
        label: await labelOf(path),
        bytes: about.size,
        used: about.mtimeMs,
        finished: owner === undefined,
        inUse: await this.#inUse(key, names) || (owner !== undefined && isAlive(owner, about.mtimeMs)),
        path,
      });
    }
    return found.sort((a, b) => b.used - a.used);
  }

  /**
   * Removes what was used longest ago until the rest takes no more than a number of bytes, and notes of processes that have
   * ended.
   *
   * @param bytes How much may stay. @default the limit
   * @returns What was removed. What is in use stays, even where it takes more.
   */
  async prune(bytes: number = this.limitBytes): Promise<StoredRecording[]> {
    return await this.#reduce(bytes, null, () => null);
  }

  /** Releases everything. Safe to call twice. */
  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#beat = undefined;
    for (const key of [...this.#needed.keys()]) await this.release(key);
  }

  async #reduce(
    bytes: number,
    except: string | null,
    fail: (used: number) => Error | null,
  ): Promise<StoredRecording[]> {
    const others = (await this.list()).filter(({ key }) => key !== except);
    const used = others.filter(({ inUse }) => inUse).reduce((sum, { bytes }) => sum + bytes, 0);
    const error = used > bytes ? fail(used) : null;
    if (error !== null) throw error;
    let total = others.reduce((sum, { bytes }) => sum + bytes, 0);
    const removed: StoredRecording[] = [];
    for (const recording of others.toReversed()) {
      if (total <= bytes) break;
      if (recording.inUse) continue;
      await rm(recording.path, { force: true });
      total -= recording.bytes;
      removed.push(recording);
    }
    return removed;
  }

  async #inUse(key: string, names: readonly string[]): Promise<boolean> {
    let used = false;
    for (const name of names) {
      if (!name.startsWith(`${key}.`) || !name.endsWith(".use")) continue;
      const path = join(this.root, name);
      const about = await stat(path).catch(() => null);
      if (about === null) continue;
      if (isAlive(name.slice(key.length + 1, -".use".length), about.mtimeMs)) used = true;
      else await rm(path, { force: true });
    }
    return used;
  }

  #renew(): void {
    const now = new Date();
    // A note that somebody removed is of no more use; the recording is open, or will be made again.
    for (const note of this.#needed.values()) utimes(note, now, now).catch(() => undefined);
  }
}

/** Whether the process that a file's name states still runs, or may: then what counts is when it last touched the file. */
function isAlive(owner: string, touchedMs: number): boolean {
  if (owner === "idle") return false;
  return ownerRuns(owner) ?? Date.now() - touchedMs < STALE_MS;
}

async function labelOf(path: string): Promise<string | null> {
  const handle = await open(path, "r").catch(() => null);
  if (handle === null) return null;
  try {
    return (await readPrologue(handle, path)).label;
  } catch (error) {
    if (error instanceof UnusableRecordingError) return null;
    throw error;
  } finally {
    await handle.close();
  }
}

function describeBytes(bytes: number): string {
  const [size, unit] = bytes < 1e6 ? [1e3, "kB"] : bytes < 1e9 ? [1e6, "MB"] : [1e9, "GB"];
  return `${(bytes / size).toFixed(1)} ${unit}`;
}
