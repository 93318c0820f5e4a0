import { isFileNetwork } from "./said.ts";
import type { Study, StudyNetwork } from "./study.ts";

/** What a request may say in place of a study. */
export interface StudyChanges extends Partial<Omit<Study, "name" | "title" | "networks">> {
  /** A text, or a name of the lock and no more, is an id or family of the study, else of the lock. */
  readonly networks?: readonly (string | StudyNetwork)[];
}

/** Stands in the place of a study's name where the networks are not the study's. */
const OWN_NETWORKS = { name: "own-networks", title: "Networks of one’s own" };

/** The study's own networks of an id or family, as the study has them; else what the lock has under that name. */
function named({ networks }: Study, name: string): StudyNetwork[] {
  const own = networks.filter((network) =>
    network.family === name || (isFileNetwork(network) ? network.id : network.lock) === name
  );
  return own.length > 0 ? own : [{ lock: name }];
}

/**
 * A study with changes. With other networks it has another name, and compares every pair of families unless the changes say
 * which; a choice of the study's own networks keeps its name.
 */
export function changeStudy(study: Study, { networks, ...changes }: StudyChanges): Study {
  const stated = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (networks === undefined) return { ...study, ...stated };
  const known = new Set(study.networks.map((network) => JSON.stringify(network)));
  const chosen = networks.flatMap((network) => {
    const asked = typeof network === "string" ? { lock: network } : network;
    return isFileNetwork(asked) || Object.keys(asked).length > 1 ? [asked] : named(study, asked.lock);
  });
  const own = chosen.every((network) => known.has(JSON.stringify(network)));
  const { compare: _, families, ...rest } = study;
  return { ...rest, ...(own ? { families } : OWN_NETWORKS), ...stated, networks: chosen };
}
