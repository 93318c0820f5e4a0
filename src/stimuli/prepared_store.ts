import { open, readdir, rm, stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ownerRuns } from "../store/mod.ts";
import { readIndex } from "./_prepared_index.ts";
import type { Resizing } from "./preprocess.ts";

const LIMIT_BYTES = 4 * 2 ** 30;
const SUFFIX = ".images";
/** After how long a file in the making that another machine's process began, and nobody touched, was left behind. */
const STALE_MS = 600_000;
/** Counts up whenever decoding, resizing or the format give other bytes. */
const VERSION = 1;

/** A file of prepared images. */
export interface StoredImages {
  /** Of the images and the recipe. */
  readonly key: string;
  /** Which images they are and how they were prepared; null where the file is damaged or unfinished. */
  readonly label: string | null;
  /** Its size. */
  readonly bytes: number;
  /** When it was last used, in milliseconds since 1970. */
  readonly used: number;
  /** Whether a running process is at it. */
  readonly inUse: boolean;
  /** Where it lies. */
  readonly path: string;
}

/**
 * Images as networks want them, resized and cropped, 8 bits a sample: one file for each set and recipe, under a limit of bytes.
 * What was used longest ago goes first. A file that is removed while a process reads it stays readable there.
 */
export class PreparedStore {
  /** The directory, made when something is first put there. */
  readonly root: string;
  /** Most bytes to keep. */
  readonly limitBytes: number;

  /**
   * Opens a store; nothing is read or made yet.
   *
   * @param root Its directory: `images` in the directory of the other store.
   * @param options.limitBytes Most bytes to keep. @default 4 GiB
   */
  constructor(root: string, { limitBytes = LIMIT_BYTES }: { readonly limitBytes?: number } = {}) {
    this.root = root;
    this.limitBytes = limitBytes;
  }

  /**
   * Where the images of a set lie, or would.
   *
   * @param hash The set's: over ids and bytes of all its images.
   */
  pathOf(hash: string, { resize, crop, interpolation }: Resizing): string {
    const said = JSON.stringify([VERSION, hash, resize, crop, interpolation]);
    return join(this.root, `${createHash("sha256").update(said).digest("hex")}${SUFFIX}`);
  }

  /** What is kept, last used first. */
  async list(): Promise<StoredImages[]> {
    const names = await readdir(this.root).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const found: StoredImages[] = [];
    for (const name of names) {
      const [, key, owner] = /^([0-9a-f]{64})\.images(?:\.([^.]+)\.part)?$/.exec(name) ?? [];
      if (key === undefined) continue;
      const path = join(this.root, name);
      const about = await stat(path).catch(() => null);
      // Another process may have removed or finished it meanwhile.
      if (about === null) continue;
      const runs = owner !== undefined && (ownerRuns(owner) ?? Date.now() - about.mtimeMs < STALE_MS);
      const label = owner === undefined ? await labelOf(path) : null;
      found.push({ key, label, bytes: about.size, used: about.mtimeMs, inUse: runs, path });
    }
    return found.sort((a, b) => b.used - a.used);
  }

  /**
   * Removes what was used longest ago until the rest takes no more than a number of bytes.
   *
   * @param bytes How much may stay. @default the limit
   * @returns What was removed. What is in the making stays.
   */
  async prune(bytes: number = this.limitBytes): Promise<StoredImages[]> {
    const kept = await this.list();
    let total = kept.reduce((sum, file) => sum + file.bytes, 0);
    const removed: StoredImages[] = [];
    for (const file of kept.reverse()) {
      if (total <= bytes) break;
      if (file.inUse) continue;
      await rm(file.path, { force: true });
      total -= file.bytes;
      removed.push(file);
    }
    return removed;
  }
}

async function labelOf(path: string): Promise<string | null> {
  const handle = await open(path, "r").catch(() => null);
  if (handle === null) return null;
  try {
    return (await readIndex(handle))?.index.label ?? null;
  } finally {
    await handle.close();
  }
}
