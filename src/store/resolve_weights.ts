import { join } from "node:path";
import { HashMismatchError, RequestError } from "../errors.ts";
import { type Digest, type ModelEntry, type Pin, type PinStatus, verifyDigest } from "../lock/mod.ts";
import { type FetchOptions, fetchToStore } from "./fetch_to_store.ts";
import { hashFile } from "./hash_file.ts";
import { projectRoot } from "./read_locks.ts";
import type { Store } from "./store.ts";
import { weightsFormat } from "./weights_format.ts";

/** Options of {@linkcode resolveWeights}. */
export interface ResolveOptions extends FetchOptions {
  /** Where downloads are kept. */
  readonly store: Store;
  /** The directory that an entry's `path` starts from. @default the project's */
  readonly root?: string;
  /** Local files in place of downloads, by id. @default none */
  readonly override?: ReadonlyMap<string, string>;
}

/** A file of weights on this machine, read through and hashed. */
export interface ResolvedWeights extends Digest {
  /** Where the file lies. */
  readonly path: string;
  /** How well the hash is founded; `local` where the user's file is not known to be the one that the lock means. */
  readonly status: PinStatus;
  /** Where the file came from: its owner's address, its path in the project, or `local file`. */
  readonly source: string;
}

/**
 * Has the weights of a network as a file whose hash is known: from the project, from the user, or from the store.
 *
 * @throws {RequestError} where the user's file is missing, or nothing pins the file and `allowUnpinned` is not set.
 * @throws {HashMismatchError} where the file is not the pinned one (for the user's own file: unless `allowUnpinned` is set).
 * @throws {Error} where it cannot be had, as {@linkcode fetchToStore}, or where the entry's weights are generated.
 */
export async function resolveWeights(entry: ModelEntry, options: ResolveOptions): Promise<ResolvedWeights> {
  const { id, source, status } = entry;
  const pin = pinOf(entry);
  const local = options.override?.get(id);
  if (local !== undefined) return await useLocal(entry, local, options);
  if ("generator" in source) {
    throw new Error(`Cannot find weights for "${id}": they are generated from its seed; expected an entry with a file`);
  }
  if ("path" in source) {
    const path = join(options.root ?? projectRoot(), source.path);
    const found = await hashLocal(id, path);
    verifyDigest(id, { pin, found });
    return { ...found, path, status, source: source.path };
  }
  const { path, bytes, sha256 } = await fetchToStore(options.store, { id, url: source.url, pin, unlike }, options);
  return { path, bytes, sha256, status, source: source.url };
}

/** What a server sent in place of weights, such as a page to log in. */
function unlike(head: Uint8Array, bytes: number): string | null {
  const found = weightsFormat(head, bytes);
  return "found" in found ? `${found.found}; expected weights` : null;
}

/** What the lock knows of an entry's file. */
export function pinOf({ bytes, sha256, sha256Prefix }: ModelEntry): Pin {
  return { bytes, sha256, sha256Prefix };
}

async function useLocal(entry: ModelEntry, path: string, options: ResolveOptions): Promise<ResolvedWeights> {
  const { id, source, status } = entry;
  const found = await hashLocal(id, path);
  const recorded = "url" in source && entry.sha256 === undefined ? await options.store.recorded(source.url) : null;
  const use = { ...found, path, source: "local file" };
  const pin = { ...pinOf(entry), ...(recorded ?? {}) };
  if (pin.sha256 === undefined && pin.sha256Prefix === undefined && options.allowUnpinned !== true) {
    throw new RequestError(
      `Cannot use "${path}" for "${id}": no hash is published to check it against; pass --allow-unpinned to use it as it is`,
    );
  }
  try {
    verifyDigest(id, { pin, found });
    const verified = pin.sha256 !== undefined || pin.sha256Prefix !== undefined;
    return { ...use, status: verified ? status : "local" };
  } catch (error) {
    if (!(error instanceof HashMismatchError) || options.allowUnpinned !== true) throw error;
    return { ...use, status: "local" };
  }
}

async function hashLocal(id: string, path: string): Promise<Digest> {
  try {
    return await hashFile(path);
  } catch (error) {
    const { message } = error as Error;
    throw new RequestError(`Cannot use "${path}" for "${id}": ${message}; expected a file of weights`, {
      cause: error,
    });
  }
}
