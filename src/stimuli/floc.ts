import pLimit from "p-limit";
import { type FileSetEntry, pinnedFiles, verifyDigest } from "../lock/mod.ts";
import { type FetchOptions, fetchToStore, type Store } from "../store/mod.ts";
import { checkConditions, checkLimit } from "./_check_set.ts";
import { fileStimulus } from "./_image_files.ts";
import type { ImageFile } from "./_hash_images.ts";
import { conditionOf } from "./domains.ts";
import { DistinctImages } from "./distinct_images.ts";
import { compareText } from "./_text_order.ts";
import { setHash } from "./set_hash.ts";
import type { StimulusSet } from "./stimulus.ts";

/** Options of {@linkcode flocSet}. */
export interface FlocSetOptions extends Omit<FetchOptions, "onProgress" | "allowUnpinned"> {
  /** The set's entry in stimuli.lock.json. */
  readonly entry: FileSetEntry;
  /** Where its files are kept. */
  readonly store: Store;
  /** At most this many images of each category, the first by name. @default all */
  readonly limit?: number;
  /** Downloads at once. @default 8 */
  readonly concurrency?: number;
  /** Called when a file is there and verified. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * A published set of photographs (fLoc), from the store: what is missing is fetched, and every file is verified against its
 * pinned hash. fLoc's folders are pooled into its domains. The files are their owners' and are never redistributed.
 *
 * @throws {RequestError} where `limit` leaves fewer than four images of a condition.
 * @throws {HashMismatchError} where a file is not the pinned one, or the lock's list is not the pinned list.
 * @throws {Error} where files are missing and offline, or cannot be fetched; the other downloads stop.
 */
export async function flocSet(options: FlocSetOptions): Promise<StimulusSet> {
  const set = flocListing(options);
  const wanted = firstOfEach(pinnedFiles(options.entry), options.limit);
  if (options.offline === true) await checkPresent(wanted, options);
  await fetchAll(wanted, options);
  return set;
}

/**
 * The same set as its lock entry lists it, with no file looked for: a picture that is not in the store cannot be read when it is
 * wanted.
 *
 * @throws {RequestError} where `limit` leaves fewer than four images of a condition.
 * @throws {HashMismatchError} where the lock's list is not the pinned list.
 */
export function flocListing({ entry, store, limit }: Pick<FlocSetOptions, "entry" | "store" | "limit">): StimulusSet {
  checkLimit(limit);
  const all = pinnedFiles(entry);
  verifyDigest(entry.id, { pin: { sha256: entry.sha256 }, found: { bytes: entry.bytes, sha256: setHash(all) } });
  const distinct = new DistinctImages();
  const wanted = firstOfEach(all, limit).filter((file) =>
    distinct.add({ ...file, condition: conditionOf(categoryOf(file.id)) })
  );
  const duplicates = distinct.duplicates(`"${entry.id}"`);
  const stimuli = wanted.map(({ id, sha256 }) =>
    fileStimulus({ ...imageFile(entry, id, store.pathOf(sha256)), sha256 })
  );
  const conditions = checkConditions(stimuli, `"${entry.id}"`, duplicates);
  return {
    name: entry.id,
    title: wanted.length === all.length ? entry.title : `${entry.title}, ${wanted.length} of ${all.length} images`,
    conditions,
    stimuli,
    hash: setHash(wanted),
    source: entry.source,
    citation: entry.citation,
    licence: entry.licence,
    redistributable: entry.redistributable,
    ...(duplicates.length > 0 ? { duplicates } : {}),
    pins: { set: entry.id, agree: wanted.length, differ: [], unknown: [] },
  };
}

interface PinnedFile {
  readonly id: string;
  readonly sha256: string;
}

function imageFile(entry: FileSetEntry, id: string, path: string): ImageFile {
  const category = categoryOf(id);
  return { id, condition: conditionOf(category), category, path, name: `${entry.id}/${id}` };
}

function categoryOf(id: string): string {
  return id.slice(0, id.indexOf("/"));
}

/** By name, as a folder would be read, so that a copy of the set and the set itself give the same images. */
function firstOfEach(files: readonly PinnedFile[], limit = Infinity): PinnedFile[] {
  const taken = new Map<string, number>();
  return [...files].sort((a, b) => compareText(a.id, b.id)).filter(({ id }) => {
    const count = (taken.get(categoryOf(id)) ?? 0) + 1;
    taken.set(categoryOf(id), count);
    return count <= limit;
  });
}

async function checkPresent(wanted: readonly PinnedFile[], { entry, store }: FlocSetOptions): Promise<void> {
  const present = await Promise.all(wanted.map(({ sha256 }) => store.has(sha256)));
  const missing = present.filter((there) => !there).length;
  if (missing > 0) {
    throw new Error(
      `Cannot use the stimuli "${entry.id}": ${missing} of ${wanted.length} files are not in the store at ${store.root}; ` +
        `fetch them without --offline first`,
    );
  }
}

async function fetchAll(wanted: readonly PinnedFile[], options: FlocSetOptions): Promise<void> {
  const { entry, store, concurrency = 8, onProgress, signal, ...rest } = options;
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const queue = pLimit(concurrency);
  let done = 0;
  const work = wanted.map(({ id, sha256 }) =>
    queue(async () => {
      either.throwIfAborted();
      const target = { id: `${entry.id}/${id}`, url: new URL(id, entry.url).href, pin: { sha256 } };
      try {
        await fetchToStore(store, target, { ...rest, signal: either });
      } catch (error) {
        stop.abort(error);
        throw error;
      }
      onProgress?.({ done: ++done, total: wanted.length });
    })
  );
  const failures = (await Promise.allSettled(work)).filter((result) => result.status === "rejected");
  if (failures.length > 0) throw either.reason ?? failures[0].reason;
}
