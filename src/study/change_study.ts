import type { Study, StudyNetwork } from "./study.ts";

/** What a request may say in place of a study. */
export interface StudyChanges extends Partial<Omit<Study, "name" | "title" | "networks">> {
  /** A text is an id or family of the lock. */
  readonly networks?: readonly (string | StudyNetwork)[];
}

/** Stands in the place of a study's name where the networks are not the study's. */
const OWN_NETWORKS = { name: "own-networks", title: "Networks of one’s own" };

/**
 * A study with changes. With other networks it has another name, and compares every pair of families unless the changes say
 * which; a choice of the study's own networks keeps its name.
 */
export function changeStudy(study: Study, { networks, ...changes }: StudyChanges): Study {
  const stated = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (networks === undefined) return { ...study, ...stated };
  const known = new Set(study.networks.map((network) => JSON.stringify(network)));
  const chosen = networks.map((network): StudyNetwork => typeof network === "string" ? { lock: network } : network);
  const name = chosen.every((network) => known.has(JSON.stringify(network))) ? {} : OWN_NETWORKS;
  const { compare: _, ...rest } = study;
  return { ...rest, ...name, ...stated, networks: chosen };
}
