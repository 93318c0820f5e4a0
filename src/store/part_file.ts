import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ownerRuns, ownName } from "./owner.ts";

const BEAT_MS = 1000;
/** A file that nobody has touched for this long by the clock was left behind. */
const ABANDONED_MS = 60_000;
/** The same where the owner still runs: it was suspended, or the system gave its number to another process. */
const SUSPENDED_MS = 600_000;

/** What tells a server which version of a file a part belongs to. */
export interface Validator {
  readonly url: string;
  /** For `If-Range`: a strong entity tag, else a date. */
  readonly ifRange: string;
}

/** How a partial file is claimed. */
export interface ClaimOptions {
  /** Directory of partial files. */
  readonly dir: string;
  /** What the file is called while it is partial. */
  readonly key: string;
  /** How long a part must stay untouched, while it is watched, before its owner counts as dead where nothing else tells. */
  readonly idleMs: number;
  /** Whether somebody else has finished the file meanwhile. */
  readonly finished: () => Promise<boolean>;
  /** Called once where another process is found at work on the file. */
  readonly onWait?: () => void;
  readonly signal?: AbortSignal;
}

/**
 * A file in the making, owned by one process: nobody else writes to a file of this name. A process that finds another's
 * part waits for it while it is being written and takes it over, by renaming, once its owner has died.
 */
export class PartFile {
  readonly path: string;
  readonly handle: FileHandle;
  #beat: ReturnType<typeof setInterval>;
  #lost = false;
  #closed = false;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.handle = handle;
    this.#beat = setInterval(() => {
      utimes(path, new Date(), new Date()).catch(() => this.#lost = true);
    }, BEAT_MS);
  }

  /** Claims a new or an abandoned part; null where somebody else finished the file while this process waited. */
  static async claim(options: ClaimOptions): Promise<PartFile | null> {
    const { dir, key, idleMs, finished, signal } = options;
    await mkdir(dir, { recursive: true });
    const mine = join(dir, `${key}.${ownName()}.part`);
    const seen = new Map<string, { stamp: string; since: number }>();
    let told = false;
    for (;;) {
      signal?.throwIfAborted();
      let waiting = false;
      const left = new Set([mine]);
      for (const path of await partsOf(dir, key)) {
        if (!await abandoned(path, seen, idleMs)) waiting = true;
        else if (await takeOver(path, mine)) return new PartFile(mine, await open(mine, "r+"));
        // Another process was faster, or the file is not this user's to rename.
        else left.add(path);
      }
      if (!waiting) {
        const part = new PartFile(mine, await open(mine, "wx+"));
        // Of several that began at the same moment, each sees another and steps back; one that sees none is alone.
        if ((await partsOf(dir, key)).every((path) => left.has(path))) return part;
        await part.discard();
      }
      if (waiting && !told) options.onWait?.();
      told ||= waiting;
      // Of unequal length, so that they do not begin at the same moment again.
      await sleep(Math.min(200, idleMs / 4) * (0.5 + Math.random()), undefined, { signal });
      if (await finished()) return null;
    }
  }

  /** Whether another process took this part over, having found its owner dead. */
  get lost(): boolean {
    return this.#lost;
  }

  async validator(): Promise<Validator | null> {
    try {
      return JSON.parse(await readFile(`${this.path}.json`, "utf8")) as Validator;
    } catch {
      // Without a readable note the part cannot be told from another version's, which is what null means.
      return null;
    }
  }

  async setValidator(validator: Validator | null): Promise<void> {
    if (validator === null) await rm(`${this.path}.json`, { force: true });
    else await writeFile(`${this.path}.json`, JSON.stringify(validator));
  }

  /** Its first bytes, so many or all of them. */
  async head(length: number): Promise<Uint8Array> {
    const { buffer, bytesRead } = await this.handle.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  }

  /** Stops writing; the file stays where it is. */
  async close(): Promise<void> {
    clearInterval(this.#beat);
    if (this.#closed) return;
    this.#closed = true;
    await this.handle.close();
  }

  /** Leaves the part for whoever makes the file next. */
  async release(): Promise<void> {
    await this.close();
    const idle = this.path.replace(/\.[^.]+\.part$/, ".idle.part");
    await moveNote(this.path, idle);
    await rename(this.path, idle);
  }

  /** Removes the part. */
  async discard(): Promise<void> {
    await this.close();
    await this.forget();
  }

  /** Removes what is left after the part has been moved to its place. */
  async forget(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(`${this.path}.json`, { force: true });
  }
}

async function partsOf(dir: string, key: string): Promise<string[]> {
  const names = await readdir(dir);
  const own = names.filter((name) => name.startsWith(`${key}.`) && /^\.[^.]+\.part$/.test(name.slice(key.length)));
  return own.sort().map((name) => join(dir, name));
}

async function abandoned(
  path: string,
  seen: Map<string, { stamp: string; since: number }>,
  idleMs: number,
): Promise<boolean> {
  if (path.endsWith(".idle.part")) return true;
  const runs = ownerRuns(/\.([^.]+)\.part$/.exec(path)![1]);
  if (runs === false) return true;
  let stamp: string;
  try {
    const { size, mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > (runs ? SUSPENDED_MS : ABANDONED_MS)) return true;
    if (runs) return false;
    stamp = `${size} ${mtimeMs}`;
  } catch {
    // Gone between listing and looking; the next look will not list it.
    return false;
  }
  const before = seen.get(path);
  if (before?.stamp === stamp) return Date.now() - before.since > idleMs;
  seen.set(path, { stamp, since: Date.now() });
  return false;
}

/** Renaming is atomic, so of several processes one succeeds. */
async function takeOver(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
  } catch {
    return false;
  }
  await moveNote(from, to);
  return true;
}

async function moveNote(from: string, to: string): Promise<void> {
  try {
    await rename(`${from}.json`, `${to}.json`);
  } catch {
    // A part without a note is fetched from its beginning, unless its hash is known.
    await rm(`${to}.json`, { force: true });
  }
}
