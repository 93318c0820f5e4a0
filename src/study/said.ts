import { CRITERIA } from "../criteria/mod.ts";
import type { FileNetwork, StimulusFolder, StudyNetwork } from "./study.ts";

/** Sets that have a name instead of a folder. */
const SETS = ["procedural", "floc"];

/** A set by its name, else a folder by its path. */
export function stimuliOf(text: string): string | StimulusFolder {
  return SETS.includes(text) ? text : { path: text };
}

/** What a study leaves unsaid. */
export const STUDY_DEFAULTS = { layers: "blocks", criterion: CRITERIA[0].name } as const;

/** Whether a network stands in a file. */
export function isFileNetwork(network: StudyNetwork): network is FileNetwork {
  return "weights" in network;
}
