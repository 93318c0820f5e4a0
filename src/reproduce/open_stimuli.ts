import { RequestError } from "../errors.ts";
import type { FileSetEntry, ProceduralSetEntry } from "../lock/mod.ts";
import { flocListing, flocSet, folderSet, proceduralSet, type StimulusSet, withScrambled } from "../stimuli/mod.ts";
import type { Store } from "../store/mod.ts";
import type { Locks } from "./locks.ts";
import type { Study } from "../study/mod.ts";
import type { ReproduceOptions } from "./options.ts";
import type { OnProgress } from "./progress.ts";

/** What {@linkcode openStimuli} needs beside the request. */
export interface OpenStimuliContext {
  readonly locks: Locks;
  readonly store: Store;
  readonly onProgress: OnProgress;
}

/** The images of a run. */
export interface OpenedStimuli {
  readonly set: StimulusSet;
  /** Why the images of a pinned set cannot be had, and so nothing can run; null where they are there. */
  readonly absent: string | null;
}

/**
 * Opens the set of images of a study: a named set, else a folder.
 *
 * @throws {RequestError} where the folder cannot be used.
 * @throws {Error} where the procedural set is not what is pinned.
 */
export async function openStimuli(
  { stimuli, limit, seed }: Pick<Study, "stimuli" | "limit" | "seed">,
  options: ReproduceOptions,
  context: OpenStimuliContext,
): Promise<OpenedStimuli> {
  const { locks, store, onProgress } = context, name = typeof stimuli === "string" ? stimuli : stimuli.path;
  const pinned = locks.stimuli.sets;
  const files = pinned.filter((entry): entry is FileSetEntry => entry.kind === "files");
  // Recorded wherever a set has places or words; only criteria that ask for them use them.
  const controls = (set: StimulusSet): StimulusSet => withScrambled(set, { seed });
  if (name === "procedural") {
    const pin = pinned.find((entry): entry is ProceduralSetEntry => entry.kind === "procedural");
    return { set: controls(await proceduralSet({ pin, limit })), absent: null };
  }
  const entry = files.find((candidate) => candidate.id === name);
  if (entry === undefined) {
    return { set: controls(await folderSet(name, { limit, known: files })), absent: null };
  }
  try {
    const set = await flocSet({
      entry,
      store,
      limit,
      mirror: options.mirror,
      offline: options.offline,
      signal: options.signal,
      onProgress: ({ done, total }) => onProgress({ phase: "fetch", label: name, done, total, unit: "images" }),
    });
    return { set: controls(set), absent: null };
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof RequestError) throw error;
    // The lock still tells which images these would have been.
    return { set: controls(flocListing({ entry, store, limit })), absent: (error as Error).message };
  }
}
