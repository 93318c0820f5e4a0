import { type FileSetEntry, pinnedFiles } from "../lock/mod.ts";
import { someOf } from "./_some_of.ts";
import type { PinCheck } from "./stimulus.ts";

/** A published set that images are a copy of, whole or in part. */
export interface Recognised {
  readonly entry: FileSetEntry;
  readonly pins: PinCheck;
}

/** The known set most of whose names the images bear, if any. */
export function recognise(
  images: readonly { readonly id: string; readonly sha256: string }[],
  known: readonly FileSetEntry[],
): Recognised | null {
  for (const entry of known) {
    const pinned = new Map(pinnedFiles(entry).map(({ id, sha256 }) => [id, sha256]));
    const named = images.filter(({ id }) => pinned.has(id));
    if (named.length * 2 <= images.length) continue;
    const differ = named.filter(({ id, sha256 }) => pinned.get(id) !== sha256).map(({ id }) => id);
    const unknown = images.filter(({ id }) => !pinned.has(id)).map(({ id }) => id);
    return { entry, pins: { set: entry.id, agree: named.length - differ.length, differ, unknown } };
  }
  return null;
}

/** How far the images agree with the set, in words. */
export function describePins({ agree, differ, unknown }: PinCheck, images: number): string {
  const parts = [`${agree} of ${images} files agree with their pinned hashes`];
  if (differ.length > 0) parts.push(`${differ.length} differ (${someOf(differ)})`);
  if (unknown.length > 0) parts.push(`${unknown.length} are not part of it (${someOf(unknown)})`);
  return parts.join(", ");
}
