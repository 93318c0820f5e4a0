import { groupBy } from "../statistics/mod.ts";
import { onlyCondition } from "./_check_set.ts";
import { chooseRoles, type ConditionRoles, type ConditionsRequest, type SaidNames } from "./condition_roles.ts";
import type { ConditionsFile } from "./conditions_file.ts";
import { conditionOf, orderConditions } from "./domains.ts";
import { setHash } from "./set_hash.ts";
import type { Stimulus, StimulusSet } from "./stimulus.ts";

/** Where an image stands: its folder, and the folder inside that, where there is one. */
export interface FolderPlace {
  /** Name of the folder. */
  readonly folder: string;
  /** Name of the folder inside it; null where there is none. */
  readonly subfolder: string | null;
}

/** How the folders of a set become conditions and categories, and what the conditions are for. */
export interface Arrangement {
  /** Targets and controls, in the order of reports. */
  readonly conditions: readonly string[];
  /** Which of them are targets and which are controls. */
  readonly roles: ConditionRoles;
  /** Conditions that several folders make, or one of another name. */
  readonly pooled: ReadonlyMap<string, readonly string[]>;
  /** What is wrong with the request, each as part of a sentence. */
  readonly problems: readonly string[];
  /** The condition and category of an image. */
  place(image: FolderPlace): { readonly condition: string; readonly category: string };
}

/** Names that results use for something else. */
const RESERVED = ["all", "all units", "chance", "__proto__"];

/**
 * Arranges folders into conditions.
 *
 * A folder is a condition, and the folders inside it are its categories. Where pools are said, their members become the
 * categories of one condition, and a folder that is not named stays a condition of its own; where none are said, fLoc's folders
 * are pooled into its domains.
 *
 * @param images At least one of every folder.
 * @param file What `conditions.json` says; the request stands before it, list by list.
 */
export function arrange(
  images: readonly FolderPlace[],
  request: ConditionsRequest = {},
  file: ConditionsFile | null = null,
): Arrangement {
  const folders = [...new Set(images.map(({ folder }) => folder))];
  const pools = normalizedPools(request.pools ?? file?.conditions);
  const poolOf = new Map(Object.entries(pools ?? {}).flatMap(([name, members]) => members.map((one) => [one, name])));
  const nameOf = (folder: string): string => poolOf.get(folder) ?? (pools === undefined ? conditionOf(folder) : folder);
  const all = orderConditions(folders.map(nameOf));
  const problems = pools === undefined ? [] : poolProblems(pools, folders);
  for (const name of all.filter((name) => RESERVED.includes(name))) {
    problems.push(`"${name}" cannot be the name of a condition, because results use it for something else`);
  }
  const said = (list: "targets" | "controls"): SaidNames | undefined => {
    const [own, beside] = [request[list], file?.[list]];
    if (own !== undefined) return { names: normalized(own), from: "request" };
    return beside === undefined ? undefined : { names: normalized(beside), from: "conditions.json" };
  };
  const { roles, problems: wrong } = chooseRoles(all, { targets: said("targets"), controls: said("controls") });
  // A pool that is wrong makes other names wrong too.
  if (problems.length === 0) problems.push(...wrong);
  const conditions = all.filter((name) => !roles.leftOut.includes(name));
  if (problems.length === 0 && conditions.length < 2) {
    problems.push(onlyCondition(conditions));
  }
  const pooled = groupBy(folders.filter((folder) => nameOf(folder) !== folder || poolOf.has(folder)), nameOf);
  return {
    conditions,
    roles,
    pooled,
    problems,
    place({ folder, subfolder }) {
      const condition = nameOf(folder);
      if (!pooled.has(condition)) return { condition, category: subfolder ?? condition };
      return { condition, category: subfolder === null ? folder : `${folder}/${subfolder}` };
    },
  };
}

/** Names of folders are compared in one encoding of their accents. */
function normalized(names: readonly string[]): string[] {
  return names.map((name) => name.normalize());
}

function normalizedPools(
  pools: Readonly<Record<string, readonly string[]>> | undefined,
): Readonly<Record<string, readonly string[]>> | undefined {
  return pools &&
    Object.fromEntries(Object.entries(pools).map(([name, members]) => [name.normalize(), normalized(members)]));
}

function poolProblems(pools: Readonly<Record<string, readonly string[]>>, folders: readonly string[]): string[] {
  const members = Object.values(pools).flat();
  const empty = Object.keys(pools).filter((name) => pools[name].length === 0);
  const unknown = [...new Set(members.filter((member) => !folders.includes(member)))];
  const twice = [...new Set(members.filter((member, at) => members.indexOf(member) !== at))];
  const taken = Object.keys(pools).filter((name) => folders.includes(name) && !members.includes(name));
  return [
    ...empty.map((name) => `the pool "${name}" has no folder`),
    ...unknown.length === 0 ? [] : [
      `${quoted(unknown)} in a pool ${unknown.length === 1 ? "is no folder" : "are no folders"} with images; ` +
      `there are ${quoted(folders)}`,
    ],
    ...twice.map((member) => `"${member}" is pooled twice; expected each folder in one pool`),
    ...taken.map((name) => `the pool "${name}" has the name of a folder that is not in it`),
  ];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/**
 * A set as arranged: pooled, without the images of the conditions that are left out, and with the roles of the others. An image
 * that was made from another one stays where that does.
 *
 * @param placeOf Where an image of the set's own stands.
 */
export function arrangeSet(
  set: StimulusSet,
  { conditions, roles, place }: Arrangement,
  placeOf: (stimulus: Stimulus) => FolderPlace,
): StimulusSet {
  const own = set.stimuli.flatMap((stimulus) => {
    if (stimulus.source !== undefined) return [];
    const placed = place(placeOf(stimulus));
    return conditions.includes(placed.condition) ? [{ ...stimulus, ...placed }] : [];
  });
  const kept = new Set(own.map(({ id }) => id));
  const made = set.stimuli.filter(({ source }) => source !== undefined && kept.has(source));
  const stimuli = [...own, ...made];
  return {
    ...set,
    conditions: orderConditions([...conditions, ...made.map(({ condition }) => condition)]),
    stimuli,
    roles,
    hash: stimuli.length === set.stimuli.length
      ? set.hash
      : setHash([{ id: `${set.name}, only ${conditions.join(", ")}`, sha256: set.hash }]),
  };
}

/** What a run tells of an arrangement before it prepares images: which folders make a condition. */
export function describePools({ pooled, conditions }: Arrangement): string | null {
  const pools = [...pooled].filter(([name]) => conditions.includes(name));
  if (pools.length === 0) return null;
  return `Pooled: ${pools.map(([name, folders]) => `${name} = ${folders.join(" + ")}`).join(", ")}.`;
}
