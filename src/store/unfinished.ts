import { readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ownerRuns, ownName } from "./owner.ts";

/** A file or folder that is being written and has not been published. */
export interface Unfinished {
  /** What is being written; it belongs to one writer alone. */
  readonly path: string;
  /** The topmost folder above it that its writer made; null where every folder was there before. */
  readonly made: string | null;
}

/** Told when something unfinished appears, and when it is finished or removed. */
export type OnUnfinished = (entry: Unfinished, open: boolean) => void;

const listeners = new Set<OnUnfinished>();

/**
 * Notes that something is being written, so that whoever ends the process can remove it.
 *
 * @returns A function that notes that it is finished or gone.
 */
export function noteUnfinished(entry: Unfinished): () => void {
  for (const tell of listeners) tell(entry, true);
  return () => {
    for (const tell of listeners) tell(entry, false);
  };
}

/** Tells a listener of everything unfinished from now on. */
export function onUnfinished(listener: OnUnfinished): void {
  listeners.add(listener);
}

/**
 * Removes what is unfinished, then the folders above it that its writer made, as far as they are empty: another writer
 * may have put its own files there.
 */
export async function removeUnfinished({ path, made }: Unfinished): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
  if (made === null) return;
  for (let folder = dirname(path); folder.length >= made.length; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch (error) {
      if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes((error as { code?: string }).code ?? "")) return;
      throw error;
    }
  }
}

const PREFIX = ".unfinished-";

/** A name for a folder in the making: it says which process of which machine writes it. */
export function unfinishedName(): string {
  return `${PREFIX}${ownName()}`;
}

/** Removes the folders in the making whose process has ended without removing them: it was killed. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await abandonedIn(folder, PREFIX)) {
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The names in a folder that begin so and end with what `ownName()` gave to a process that has ended. */
export async function abandonedIn(folder: string, prefix: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) =>
    name.startsWith(prefix) && ownerRuns(name.slice(prefix.length)) === false
  );
}
