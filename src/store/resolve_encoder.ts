import type { EncoderEntry } from "../lock/mod.ts";
import { type Fetched, type FetchOptions, fetchToStore } from "./fetch_to_store.ts";
import type { Store } from "./store.ts";

/** The files of a text encoder on this machine, as pinned. */
export type ResolvedEncoder = Readonly<Record<keyof EncoderEntry["files"], Fetched>>;

/**
 * Has the files of a text encoder in the store.
 *
 * @throws {HashMismatchError} where a file is not the pinned one.
 * @throws {Error} where one cannot be had, as {@linkcode fetchToStore}.
 */
export async function resolveEncoder(
  { id, files }: EncoderEntry,
  { store, ...options }: FetchOptions & { readonly store: Store },
): Promise<ResolvedEncoder> {
  const file = (name: keyof EncoderEntry["files"]): Promise<Fetched> => {
    const { url, ...pin } = files[name];
    return fetchToStore(store, { id: `${id}/${name}`, url, pin }, options);
  };
  return { vocabulary: await file("vocabulary"), weights: await file("weights") };
}
