import { RequestError } from "../errors.ts";
import type { DerivedConditions } from "../localize/mod.ts";
import { type FileSetEntry, pinnedFiles, type ProceduralSetEntry } from "../lock/mod.ts";
import {
  arrange,
  type Arrangement,
  arrangeSet,
  type ConditionRoles,
  type ConditionsRequest,
  describeRoles,
  flocListing,
  flocSet,
  type FolderPlace,
  orderConditions,
  planFolderSet,
  PROCEDURAL_CLASSES,
  proceduralSet,
  refuseSet,
  scrambledNames,
  type Stimulus,
  type StimulusSet,
  withScrambled,
} from "../stimuli/mod.ts";
import type { Store } from "../store/mod.ts";
import { stimuliOf, type Study } from "../study/mod.ts";
import type { Locks } from "./locks.ts";
import type { ReproduceOptions } from "./options.ts";
import type { OnProgress } from "./progress.ts";

/** What {@linkcode planStimuli} needs beside the request. */
export interface PlanStimuliContext {
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

/** Images that were asked for, before any of them is opened, drawn or fetched. */
export interface PlannedStimuli {
  /** What was asked for: a set's name or a folder's path. */
  readonly name: string;
  /** All conditions of the set, scrambled ones among them. */
  readonly conditions: readonly string[];
  /** What they are for. */
  readonly roles: ConditionRoles;
  /** Conditions made from the images of others and used only by criteria that ask for them, each with its source. */
  readonly derived: DerivedConditions;
  /** What a user has to know of them, a sentence each. */
  readonly notices: readonly string[];
  /**
   * @throws {RequestError} where the images cannot be used.
   * @throws {Error} where the procedural set is not what is pinned.
   */
  open(): Promise<OpenedStimuli>;
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
  // Recorded wherever a set has places or words; only criteria that ask for them use them.
  const controls = (set: StimulusSet): StimulusSet => withScrambled(set, { seed });
  const request = { pools: said.conditions, targets: said.targets, controls: said.controls };
  if ("set" in said) {
    const entry = files.find((candidate) => candidate.id === name);
    if (name !== "procedural" && entry === undefined) {
      throw new RequestError(
        `Unknown set: "${name}". Should be one of: ${locks.stimuli.sets.map(({ id }) => id).join(", ")}`,
      );
    }
    const { images, placeOf, open } = entry === undefined
      ? procedural(limit, locks)
      : pinned(entry, limit, options, context);
    const arrangement = arrange(images, request);
    refuseSet(`"${name}"`, arrangement.problems);
    return {
      name,
      ...planned(arrangement, asked(request) ? [describeRoles(arrangement.roles)] : []),
      async open() {
        const { set, absent } = await open();
        return { set: controls(arrangeSet(set, arrangement, placeOf)), absent };
      },
    };
  }
  const { arrangement, notices, open } = await planFolderSet(name, { ...request, limit, known: files });
  return {
    name,
    ...planned(arrangement, notices),
    open: async () => ({ set: controls(await open()), absent: null }),
  };
}

function planned(
  { conditions, roles }: Arrangement,
  notices: readonly string[],
): Omit<PlannedStimuli, "open" | "name"> {
  const made = scrambledNames(conditions).filter((name) => !conditions.includes(name));
  return {
    conditions: orderConditions([...conditions, ...made]),
    roles,
    // Named as a control, one is like any other.
    derived: Object.fromEntries(
      conditions.flatMap((source) => scrambledNames([source]).map((name) => [name, source] as const))
        .filter(([name]) => made.includes(name) && !roles.controls.includes(name)),
    ),
    notices,
  };
}

function asked(request: ConditionsRequest): boolean {
  return Object.values(request).some((value) => value !== undefined);
}

/** A named set: where its images stand, and how it is opened. */
interface NamedSet {
  readonly images: readonly FolderPlace[];
  placeOf(stimulus: Stimulus): FolderPlace;
  open(): Promise<OpenedStimuli>;
}

function procedural(limit: number | undefined, { stimuli: { sets } }: Locks): NamedSet {
  const pin = sets.find((entry): entry is ProceduralSetEntry => entry.kind === "procedural");
  return {
    images: PROCEDURAL_CLASSES.map(({ name, domain }) => ({ folder: domain, subfolder: name })),
    placeOf: ({ condition, category }) => ({ folder: condition, subfolder: category }),
    open: async () => ({ set: await proceduralSet({ pin, limit }), absent: null }),
  };
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
