import { RequestError } from "../errors.ts";
import { type FileSetEntry, pinnedFiles } from "../lock/mod.ts";
import { flocListing, flocSet, planFolderSet } from "../stimuli/mod.ts";
import type { Store } from "../store/mod.ts";
import { stimuliOf, type Study } from "../study/mod.ts";
import type { Locks } from "./locks.ts";
import type { ReproduceOptions } from "./options.ts";
import { drawnSet, type NamedSet, planFiles, planNamed, type PlannedStimuli } from "./planned_stimuli.ts";
import type { OnProgress } from "./progress.ts";

/** What {@linkcode planStimuli} needs beside the request. */
export interface PlanStimuliContext {
  readonly locks: Locks;
  readonly store: Store;
  readonly onProgress: OnProgress;
}

/**
 * Checks which images a study asks for: a named set, or a folder.
 *
 * @throws {RequestError} where the folder cannot be used, or a pool, a target or a control does not exist.
 */
export async function planStimuli(
  { stimuli, limit, seed }: Pick<Study, "stimuli" | "limit" | "seed">,
  options: ReproduceOptions,
  context: PlanStimuliContext,
): Promise<PlannedStimuli> {
  const { locks } = context, form = typeof stimuli === "string" ? stimuliOf(stimuli) : stimuli;
  const said = typeof form === "string" ? { set: form } : form;
  const name = "set" in said ? said.set : said.path;
  const files = locks.stimuli.sets.filter((entry): entry is FileSetEntry => entry.kind === "files");
  const request = { pools: said.conditions, targets: said.targets, controls: said.controls };
  if ("set" in said) {
    const entry = files.find((candidate) => candidate.id === name);
    if (name !== "procedural" && entry === undefined) {
      throw new RequestError(
        `Unknown set: "${name}". Should be one of: ${locks.stimuli.sets.map(({ id }) => id).join(", ")}`,
      );
    }
    const named = entry === undefined ? drawnSet(limit, locks) : pinned(entry, limit, options, context);
    return planNamed(name, named, request, seed);
  }
  return planFiles(name, await planFolderSet(name, { ...request, limit, known: files }), seed);
}

function pinned(
  entry: FileSetEntry,
  limit: number | undefined,
  { mirror, offline, signal }: ReproduceOptions,
  { store, onProgress }: PlanStimuliContext,
): NamedSet {
  return {
    images: pinnedFiles(entry).map(({ id }) => ({ folder: id.slice(0, id.indexOf("/")), subfolder: null })),
    placeOf: ({ category }) => ({ folder: category, subfolder: null }),
    async open() {
      try {
        const set = await flocSet({
          entry,
          store,
          limit,
          mirror,
          offline,
          signal,
          onProgress: ({ done, total }) => onProgress({ phase: "fetch", label: entry.id, done, total, unit: "images" }),
        });
        return { set, absent: null };
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof RequestError) throw error;
        // The lock still tells which images these would have been.
        return { set: flocListing({ entry, store, limit }), absent: (error as Error).message };
      }
    },
  };
}
