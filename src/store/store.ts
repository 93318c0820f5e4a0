import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RequestError } from "../errors.ts";
import { type Digest, redactCredentials, verifyDigest } from "../lock/mod.ts";
import { hashFile } from "./hash_file.ts";

/** The note of what an address sent is not readable any more. */
export class DamagedRecordError extends RequestError {
  /** `DamagedRecordError`. */
  override name = "DamagedRecordError";
}

/**
 * Files under the hash of their content: `sha256/ab/abcdef…` in the store's directory. What lies under a hash had it when it
 * was put there; {@linkcode Store.find} reads it again before it is trusted.
 */
export class Store {
  /** The store's directory, made when something is first put there. */
  readonly root: string;

  /** Opens a store; nothing is read or made yet. */
  constructor(root: string) {
    this.root = root;
  }

  /** Where a file of this hash lies, or would. */
  pathOf(sha256: string): string {
    return join(this.root, "sha256", sha256.slice(0, 2), sha256);
  }

  /** Where downloads wait until they are whole. */
  get partial(): string {
    return join(this.root, "partial");
  }

  /**
   * Finds a file and reads it through.
   *
   * @param id What to call it in the error.
   * @returns Its size and hash, or null where the store has none of that hash.
   * @throws {HashMismatchError} where its content no longer has the hash.
   */
  async find(id: string, sha256: string): Promise<Digest | null> {
    if (!await this.has(sha256)) return null;
    const found = await hashFile(this.pathOf(sha256));
    verifyDigest(id, { pin: { sha256 }, found });
    return found;
  }

  /** Whether there is a file under this hash, unread. */
  async has(sha256: string): Promise<boolean> {
    try {
      return (await stat(this.pathOf(sha256))).isFile();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
      throw error;
    }
  }

  /** Moves a file whose hash is known to its place; the same content may be put there twice. */
  async put(file: string, sha256: string): Promise<string> {
    const path = this.pathOf(sha256);
    await mkdir(dirname(path), { recursive: true });
    try {
      await rename(file, path);
    } catch (error) {
      // Some systems do not replace a file that somebody reads; its content is the same.
      if (!await this.has(sha256)) throw error;
      await rm(file, { force: true });
    }
    return path;
  }

  /** Removes a file that no longer has its hash. */
  async discard(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  /**
   * What was received from an address when it was first fetched, for files that nobody pins in full.
   *
   * @throws {DamagedRecordError} where the record cannot be read; the message names its file and what mends it.
   */
  async recorded(url: string): Promise<Digest | null> {
    let text: string;
    try {
      text = await readFile(this.#recordOf(url), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    const digest = parseRecord(text);
    if (digest !== null) return digest;
    throw new DamagedRecordError(
      `Cannot use the record "${this.#recordOf(url)}" of what ${redactCredentials(url)} sent: it is damaged; ` +
        '"deno task fetch --allow-unpinned" fetches the file and records it again',
    );
  }

  /** Removes the record of what an address sent. */
  async forget(url: string): Promise<void> {
    await rm(this.#recordOf(url), { force: true });
  }

  /** Remembers what an address sent; the first time counts. */
  async record(url: string, { bytes, sha256 }: Digest): Promise<void> {
    if (await this.recorded(url) !== null) return;
    const path = this.#recordOf(url);
    const fresh = `${path}.${randomBytes(4).toString("hex")}`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(fresh, `${JSON.stringify({ url, bytes, sha256 }, null, 2)}\n`);
    await rename(fresh, path);
  }

  #recordOf(url: string): string {
    return join(this.root, "recorded", `${keyOf(url)}.json`);
  }
}

function parseRecord(text: string): Digest | null {
  let value: Partial<Digest> | null;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { bytes, sha256 } = value ?? {};
  return typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(bytes)
    ? { bytes: bytes!, sha256 }
    : null;
}

/** A file name for an address. */
export function keyOf(url: string): string {
  return createHash("sha256").update(url).digest("hex").slice(0, 32);
}
