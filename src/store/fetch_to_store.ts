import { HashMismatchError, RequestError } from "../errors.ts";
import { type Digest, type Pin, redactCredentials, verifyDigest } from "../lock/mod.ts";
import { mirrorUrl } from "./mirror_url.ts";
import { PartSink } from "./_part_sink.ts";
import { PartFile } from "./part_file.ts";
import { receive } from "./_receive.ts";
import { retrying } from "./_retry.ts";
import { SNIFFED } from "./weights_format.ts";
import { DamagedRecordError, keyOf, type Store } from "./store.ts";

const SIX_HOURS_MS = 6 * 3_600_000;
const MOST_UNPINNED = 2 ** 32;

/** A file to have. */
export interface FetchTarget {
  /** What to call it in messages. */
  readonly id: string;
  /** Its owner's address. */
  readonly url: string;
  /** What is known of it. */
  readonly pin: Pin;
  /**
   * Says what a file is by its first 512 bytes and its size where it is not what was asked for, as the second half of a
   * sentence, and null where it may be; asked of what no hash pins. @default nothing is asked
   */
  readonly unlike?: (head: Uint8Array, bytes: number) => string | null;
}

/** How far a download is. */
export interface FetchProgress {
  /** The {@linkcode FetchTarget}'s. */
  readonly id: string;
  /** On disk so far, those of an earlier run included. */
  readonly receivedBytes: number;
  /** Null where neither the pin nor the server says. */
  readonly totalBytes: number | null;
}

/** Options of {@linkcode fetchToStore}. */
export interface FetchOptions {
  /** Stands in for every host. @default none */
  readonly mirror?: string;
  /** Use only what is in the store. @default false */
  readonly offline?: boolean;
  /** Accept a file that nothing pins, and record its hash. @default false */
  readonly allowUnpinned?: boolean;
  /** What makes requests. @default globalThis.fetch */
  readonly fetch?: typeof fetch;
  /** Tries without progress. @default 5 */
  readonly tries?: number;
  /** Wait before the second try; it doubles with every further one. @default 500 */
  readonly delayMs?: number;
  /** Time without a byte after which a connection is given up. @default 30000 */
  readonly stallMs?: number;
  /** Bytes a second, on average over `rateMs`, below which a connection is given up. @default 1000 */
  readonly leastRate?: number;
  /** Time over which the rate is taken. @default 60000 */
  readonly rateMs?: number;
  /** Time that a file may take in all, with every try; what has come by then is kept for the next run. @default six hours */
  readonly deadlineMs?: number;
  /** Bytes that a file may have whose size is not pinned. @default 4 GiB */
  readonly mostUnpinnedBytes?: number;
  /** How long another process's part is watched before it counts as left behind. @default 4000 */
  readonly idleMs?: number;
  /** Aborting it stops the download; what has come is kept for the next. @default none */
  readonly signal?: AbortSignal;
  /** Called as bytes arrive. @default nothing */
  readonly onProgress?: (progress: FetchProgress) => void;
}

/** A file in the store. */
export interface Fetched extends Digest {
  /** Where it lies. */
  readonly path: string;
  /** Whether it came over the network now. */
  readonly downloaded: boolean;
}

/**
 * Has a file in the store, by downloading it where it is not there yet, and knows that it is the pinned one.
 *
 * Bytes go to a partial file and through the hash as they arrive; a broken download is continued, now or by the next run; only
 * what agrees in size and hash reaches its place. A file pinned by a prefix or not at all is recorded with its full hash the
 * first time, and must have that hash ever after. Several processes may ask for the same file at once.
 *
 * @throws {RequestError} where nothing pins the file, `allowUnpinned` is not set and it was never recorded.
 * @throws {HashMismatchError} where the file is not the pinned one; nothing is left of it.
 * @throws {Error} where it cannot be had: offline, refused by the server, broken off again and again, too slow, or something
 *   else than a file of its kind.
 */
export async function fetchToStore(store: Store, target: FetchTarget, options: FetchOptions = {}): Promise<Fetched> {
  const { id, url } = target;
  for (;;) {
    const recorded = target.pin.sha256 === undefined ? await recordOf(store, url, options) : null;
    const pin: Pin = { ...target.pin, ...(recorded ?? {}) };
    if (recorded !== null) verifyDigest(id, { pin: target.pin, found: recorded });
    if (pin.sha256 === undefined && pin.sha256Prefix === undefined && options.allowUnpinned !== true) {
      throw new RequestError(
        `Cannot fetch "${id}": no hash is published for it; pass --allow-unpinned to accept and record what ` +
          `${new URL(url).host} sends`,
      );
    }
    const stored = pin.sha256 === undefined ? null : await findIntact(store, { id, sha256: pin.sha256, options });
    if (stored !== null) return { ...stored, path: store.pathOf(stored.sha256), downloaded: false };
    if (options.offline === true) {
      throw new Error(`Cannot use "${id}": it is not in the store at ${store.root}; fetch it without --offline first`);
    }
    const found = await download(store, { ...target, pin }, options);
    if (found !== null) return { ...found, path: store.pathOf(found.sha256), downloaded: true };
  }
}

/** A record that is damaged says nothing any more; who accepts what is not pinned has it made again. */
async function recordOf(store: Store, url: string, { allowUnpinned, offline }: FetchOptions): Promise<Digest | null> {
  try {
    return await store.recorded(url);
  } catch (error) {
    if (!(error instanceof DamagedRecordError) || allowUnpinned !== true || offline === true) throw error;
    await store.forget(url);
    return null;
  }
}

/** A file that has decayed in the store is fetched again, where that is possible. */
async function findIntact(
  store: Store,
  { id, sha256, options }: { id: string; sha256: string; options: FetchOptions },
): Promise<Digest | null> {
  try {
    return await store.find(id, sha256);
  } catch (error) {
    if (!(error instanceof HashMismatchError) || options.offline === true) throw error;
    await store.discard(sha256);
    return null;
  }
}

/** Null where another process finished the file first. */
async function download(store: Store, target: FetchTarget, options: FetchOptions): Promise<Digest | null> {
  const { id, url, pin } = target;
  const deadlineMs = options.deadlineMs ?? SIX_HOURS_MS;
  const deadline = AbortSignal.timeout(deadlineMs);
  const signal = AbortSignal.any([deadline, ...options.signal === undefined ? [] : [options.signal]]);
  const address = mirrorUrl(url, options.mirror);
  for (let resume = true;; resume = false) {
    const part = await PartFile.claim({
      dir: store.partial,
      key: keyOf(url),
      idleMs: options.idleMs ?? 4000,
      finished: async () => pin.sha256 === undefined ? await store.recorded(url) !== null : await store.has(pin.sha256),
      signal,
    });
    if (part === null) return null;
    const sink = new PartSink(part, { id, pinned: pin.sha256 !== undefined, onProgress: options.onProgress });
    let useless = false;
    try {
      if (resume) await sink.resume();
      else await sink.restart();
      if (!sink.matches(pin)) {
        await retrying(async () => {
          await sink.prepare();
          await receive(sink, {
            id,
            url: address,
            validator: sink.validator,
            bytes: pin.bytes,
            mostBytes: options.mostUnpinnedBytes ?? MOST_UNPINNED,
            fetch: options.fetch ?? fetch,
            stallMs: options.stallMs ?? 30_000,
            leastRate: options.leastRate ?? 1000,
            rateMs: options.rateMs ?? 60_000,
            signal,
          });
        }, { tries: options.tries ?? 5, delayMs: options.delayMs ?? 500, received: () => sink.received, signal });
      }
      const found = sink.digest();
      const unlike = pin.sha256 === undefined ? target.unlike?.(await part.head(SNIFFED), found.bytes) ?? null : null;
      if (unlike !== null) {
        useless = true;
        throw new Error(`what the server sent is ${unlike}`);
      }
      verifyDigest(id, { pin, found });
      await part.close();
      await store.put(part.path, found.sha256);
      await part.forget();
      if (pin.sha256 === undefined) await store.record(url, found);
      return found;
    } catch (error) {
      if (error instanceof HashMismatchError) {
        await part.discard();
        // What was on disk may have been the wrong half: once more, from the beginning.
        if (sink.continued) continue;
        throw error;
      }
      if (sink.received > 0 && !useless) await part.release();
      else await part.discard();
      if (options.signal?.aborted) throw error;
      const late = deadline.aborted
        ? `it took more than ${deadlineMs / 1000} s; run the command again to continue where it stopped`
        : null;
      const message = `Cannot fetch "${id}" from ${address}: ${late ?? (error as Error).message}`;
      throw new Error(redactCredentials(message), { cause: error });
    }
  }
}
