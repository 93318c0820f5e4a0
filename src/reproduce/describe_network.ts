import type { ModelEntry } from "../lock/mod.ts";
import type { NetworkResult } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";
import { fileName, NOT_STATED } from "../study/browser.ts";

/** What results say of a network, but for what was found in it. */
export type NetworkDescription = Omit<NetworkResult, "layers" | "consistency" | "measures" | "inference">;

/** What is known of a network's file, whether it could be had or not. */
export interface WeightsFound {
  /** In hexadecimal. */
  readonly sha256: string | null;
  /** Whether it is pinned, generated, or a file of the user's own. */
  readonly status: NetworkResult["weights"]["status"];
  /** Its size. */
  readonly bytes: number | null;
  /** Path of the user's own file that stands in for the network, where one does. */
  readonly replacedBy?: string;
}

/**
 * What is known of a file of the user's own: its name, size and hash. Its folders are left out, since they name the user.
 *
 * @param path Where it lies.
 */
export function localWeights(
  path: string,
  { sha256, bytes }: Pick<WeightsFound, "sha256" | "bytes">,
  preprocessing: Preprocessing,
): NetworkResult["weights"] {
  return {
    sha256,
    status: "local",
    source: `file "${fileName(path)}" of the user`,
    bytes,
    licence: null,
    trainingData: NOT_STATED,
    language: null,
    preprocessing: describePreprocessing(preprocessing),
    accuracy: null,
    doi: null,
    bibtex: null,
  };
}

function source(entry: ModelEntry): string {
  if ("url" in entry.source) return entry.source.url;
  if ("path" in entry.source) return entry.source.path;
  return `generated: ${entry.source.generator}, seed ${entry.seed}`;
}

/** How images become the network's input, in words. */
export function describePreprocessing(p: Preprocessing): string {
  return `shorter side ${p.resize} (${p.interpolation}, antialiased), centre crop ${p.crop}, ` +
    `mean ${p.mean.join("/")}, deviation ${p.std.join("/")}`;
}

function accuracy({ accuracy, readout }: ModelEntry): string | null {
  const stated = [accuracy, readout].filter((each) => each !== undefined);
  if (stated.length === 0) return null;
  const texts = stated.map(({ task, value, chance }) =>
    `${(100 * value).toFixed(1)} % (chance ${(100 * chance).toFixed(1)} %) ${task}`
  );
  return `${texts.join("; ")}; ${stated[0].images} unseen images`;
}

/**
 * The part of a network's result that comes from its lock entry.
 *
 * @param found The file that was verified; null where none was had.
 * @param reason Why the network was not run; null where it was.
 */
export function describeNetwork(
  entry: ModelEntry,
  found: WeightsFound | null,
  reason: string | null,
): NetworkDescription {
  if (found?.replacedBy !== undefined) return describeReplaced(entry, found, found.replacedBy, reason);
  return {
    id: entry.id,
    family: entry.family,
    title: entry.title,
    supervision: entry.supervision,
    seed: entry.seed ?? null,
    status: reason === null ? "run" : "not run",
    reason,
    architecture: entry.architecture,
    weights: {
      sha256: found?.sha256 ?? entry.sha256 ?? null,
      status: found?.status ?? ("generator" in entry.source ? "seeded" : entry.status),
      source: source(entry),
      bytes: found?.bytes ?? entry.bytes ?? null,
      licence: entry.licence,
      trainingData: entry.trainingData,
      language: entry.language,
      preprocessing: describePreprocessing(entry.preprocessing),
      accuracy: accuracy(entry),
      doi: entry.doi,
      bibtex: entry.bibtex,
    },
  };
}

/** A file of the user's own runs under an entry's id. Of the entry only the graph and the preprocessing are true of it. */
function describeReplaced(
  entry: ModelEntry,
  found: WeightsFound,
  path: string,
  reason: string | null,
): NetworkDescription {
  return {
    id: entry.id,
    // Nothing says that it is another training of the entry's family.
    family: entry.id,
    title: `${fileName(path)}, in place of ${entry.id}`,
    supervision: "unstated",
    seed: null,
    status: reason === null ? "run" : "not run",
    reason,
    architecture: entry.architecture,
    weights: localWeights(path, found, entry.preprocessing),
  };
}
