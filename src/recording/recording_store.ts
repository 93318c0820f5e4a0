import { mkdir, open, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StoreFullError, UnusableRecordingError } from "../errors.ts";
import { formatBytes, ownerRuns, ownName } from "../store/mod.ts";
import { readPrologue } from "./_prologue.ts";

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
 * process needs. What lesions of recorded networks left lies beside them, in files that end in `.lesion`.
 */
export class RecordingStore {
  /** The directory, made when something is first put there. */
  readonly root: string;
  /** Most bytes to keep. */
  readonly limitBytes: number;
  /** Notes of the recordings that this process uses, by key, and how many times each was reserved. */
  readonly #needed = new Map<string, { readonly note: string; uses: number }>();
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
    const needed = this.#needed.get(key);
    if (needed !== undefined) needed.uses++;
    else {
      const note = join(this.root, `${key}.${ownName()}.use`);
      this.#needed.set(key, { note, uses: 1 });
      await writeFile(note, "");
      this.#beat ??= setInterval(() => this.#renew(), BEAT_MS);
      // Who forgets to close the store keeps no process alive; its notes then count as those of a process that has ended.
      (this.#beat as { unref?(): void }).unref?.();
    }
    const now = new Date();
    // Where it is not there yet, there is nothing to mark as used.
    await utimes(this.pathOf(key), now, now).catch(() => undefined);
    const others = (await this.list()).filter((other) => other.key !== key);
    const used = totalBytes(others.filter(({ inUse }) => inUse));
    if (used + bytes > this.limitBytes) {
      await this.release(key);
      const rest = used === 0 ? "which is less" : `and ${formatBytes(used)} are in use`;
      throw new StoreFullError(
        `Cannot keep a recording of ${formatBytes(bytes)}: the limit is ${formatBytes(this.limitBytes)}, ${rest}; ` +
          "raise the limit or do not keep it",
      );
    }
    await removeOldest(others, this.limitBytes - bytes);
    return this.pathOf(key);
  }

  /**
   * Lets a recording go that {@linkcode RecordingStore.reserve} has kept. When it was released as often as it was reserved, it
   * may be removed for space.
   */
  async release(key: string): Promise<void> {
    const needed = this.#needed.get(key);
    if (needed === undefined || --needed.uses > 0) return;
    this.#needed.delete(key);
    await rm(needed.note, { force: true });
  }

  /** What is kept, last used first. */
  async list(): Promise<StoredRecording[]> {
    const names = await readdir(this.root).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const used = await this.#keysInUse(names);
    const found: StoredRecording[] = [];
    for (const name of names) {
      const [, key, owner] = /^(.+?)(?:\.lesion|\.recording|\.recording\.([^.]+)\.part)$/.exec(name) ?? [];
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
        inUse: used.has(key) || (owner !== undefined && isAlive(owner, about.mtimeMs)),
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
    return await removeOldest(await this.list(), bytes);
  }

  /** Releases everything. Safe to call twice. */
  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#beat = undefined;
    for (const { note } of this.#needed.values()) await rm(note, { force: true });
    this.#needed.clear();
  }

  /** Reads the notes of processes that use a recording, and removes those of processes that have ended. */
  async #keysInUse(names: readonly string[]): Promise<Set<string>> {
    const keys = new Set<string>();
    for (const name of names) {
      const [, key, owner] = /^(.+)\.([^.]+)\.use$/.exec(name) ?? [];
      if (key === undefined) continue;
      const path = join(this.root, name);
      const about = await stat(path).catch(() => null);
      if (about === null) continue;
      if (isAlive(owner, about.mtimeMs)) keys.add(key);
      else await rm(path, { force: true });
    }
    return keys;
  }

  #renew(): void {
    const now = new Date();
    // A note that somebody removed is of no more use; the recording is open, or will be made again.
    for (const { note } of this.#needed.values()) utimes(note, now, now).catch(() => undefined);
  }
}

/** Whether the process that a file's name states still runs, or may: then what counts is when it last touched the file. */
function isAlive(owner: string, touchedMs: number): boolean {
  if (owner === "idle") return false;
  return ownerRuns(owner) ?? Date.now() - touchedMs < STALE_MS;
}

/** What a lesion's file, which is JSON, says of itself. */
async function lesionLabelOf(path: string): Promise<string | null> {
  try {
    const { label } = JSON.parse(await readFile(path, "utf8")) as { label?: unknown };
    return typeof label === "string" ? label : null;
  } catch {
    // Removed meanwhile, or damaged: then it says nothing.
    return null;
  }
}

async function labelOf(path: string): Promise<string | null> {
  if (path.endsWith(".lesion")) return await lesionLabelOf(path);
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

function totalBytes(recordings: readonly StoredRecording[]): number {
  return recordings.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Removes what is not in use, from the end of a list, until the rest takes no more than `bytes`; returns what was removed. */
async function removeOldest(recordings: readonly StoredRecording[], bytes: number): Promise<StoredRecording[]> {
  let total = totalBytes(recordings);
  const removed: StoredRecording[] = [];
  for (const recording of recordings.toReversed()) {
    if (total <= bytes) break;
    if (recording.inUse) continue;
    await rm(recording.path, { force: true });
    total -= recording.bytes;
    removed.push(recording);
  }
  return removed;
}
