import type { DerivedConditions } from "../localize/mod.ts";
import type { ProceduralSetEntry } from "../lock/mod.ts";
import {
  arrange,
  type Arrangement,
  arrangeSet,
  type ConditionRoles,
  type ConditionsRequest,
  describeRoles,
  type FolderPlace,
  orderConditions,
  type PlannedFolderSet,
  PROCEDURAL_CLASSES,
  proceduralSet,
  refuseSet,
  scrambledNames,
  type Stimulus,
  type StimulusSet,
  withScrambled,
} from "../stimuli/browser.ts";
import type { Locks } from "./locks.ts";

/** The images of a run. */
export interface OpenedStimuli {
  /** The images, with those of the conditions that are made of others. */
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
   * Draws, lists or fetches the images.
   *
   * @throws {RequestError} where the images cannot be used.
   * @throws {Error} where the procedural set is not what is pinned.
   */
  open(): Promise<OpenedStimuli>;
}

/** A named set: where its images stand, and how it is opened. */
export interface NamedSet {
  readonly images: readonly FolderPlace[];
  placeOf(stimulus: Stimulus): FolderPlace;
  open(): Promise<OpenedStimuli>;
}

/** The set that is drawn. */
export function drawnSet(limit: number | undefined, { stimuli: { sets } }: Pick<Locks, "stimuli">): NamedSet {
  const pin = sets.find((entry): entry is ProceduralSetEntry => entry.kind === "procedural");
  return {
    images: PROCEDURAL_CLASSES.map(({ name, domain }) => ({ folder: domain, subfolder: name })),
    placeOf: ({ condition, category }) => ({ folder: condition, subfolder: category }),
    open: async () => ({ set: await proceduralSet({ pin, limit }), absent: null }),
  };
}

/**
 * Plans a set that has a name.
 *
 * @param seed Of the scrambled conditions, which are recorded wherever a set has places or words; only criteria that ask for them
 *   use them.
 * @throws {RequestError} where a pool, a target or a control does not exist.
 */
export function planNamed(
  name: string,
  { images, placeOf, open }: NamedSet,
  request: ConditionsRequest,
  seed?: number,
): PlannedStimuli {
  const arrangement = arrange(images, request);
  refuseSet(`"${name}"`, arrangement.problems);
  return {
    name,
    ...planned(arrangement, asked(request) ? [describeRoles(arrangement.roles)] : []),
    async open() {
      const { set, absent } = await open();
      return { set: withScrambled(arrangeSet(set, arrangement, placeOf), { seed }), absent };
    },
  };
}

/** Plans the images of a folder, with the scrambled conditions beside them. */
export function planFiles(
  name: string,
  { arrangement, notices, open }: PlannedFolderSet,
  seed?: number,
): PlannedStimuli {
  return {
    name,
    ...planned(arrangement, notices),
    open: async () => ({ set: withScrambled(await open(), { seed }), absent: null }),
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
