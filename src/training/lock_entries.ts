import { readFile } from "node:fs/promises";
import { formatModelsLock, hashBytes, type ModelEntry, parseModelsLock } from "../lock/mod.ts";
import { untrainedResNet } from "../networks/mod.ts";
import { hashTensors } from "../weights/mod.ts";
import { writeAtomically } from "../results/mod.ts";
import type { Accuracy } from "./evaluate.ts";
import { DEVIATION, MEAN, SIDE } from "./images.ts";
import { networkId, type NetworkName } from "./networks.ts";

const PREPROCESSING: ModelEntry["preprocessing"] = {
  resize: SIDE,
  crop: SIDE,
  interpolation: "bilinear",
  mean: [MEAN, MEAN, MEAN],
  std: [DEVIATION, DEVIATION, DEVIATION],
};

/** What the lock says of a trained mini network. */
export async function trainedEntry(
  name: NetworkName,
  bytes: Uint8Array,
  { trainingData, training, information, accuracy, readout }: {
    trainingData: string;
    training: string;
    /** What its targets tell of the attributes, in words; empty where that is known without measuring. */
    information: string;
    accuracy: Accuracy;
    readout: Accuracy;
  },
): Promise<ModelEntry> {
  const { family, seed } = name;
  return {
    id: networkId(name),
    family: family.id,
    title: `${family.title}, seed ${seed}`,
    supervision: family.objective,
    role: family.role,
    seed,
    architecture: "mini",
    format: "safetensors",
    source: { path: `fixtures/${networkId(name)}.safetensors` },
    bytes: bytes.length,
    sha256: await hashBytes(bytes),
    status: "official",
    evidence: ["over the file that comes with the project, as its training left it"],
    licence: "MIT",
    trainingData,
    language: [family.language, information].filter((text) => text !== "").join("; "),
    preprocessing: PREPROCESSING,
    doi: null,
    bibtex: null,
    training,
    accuracy,
    readout,
  };
}

/** What the lock says of the control: the trunk that the networks of a seed start from. */
export async function untrainedEntry(seed: number, readout: Accuracy): Promise<ModelEntry> {
  return {
    id: `mini-untrained-s${seed}`,
    family: "mini-untrained",
    title: `Mini ResNet, untrained, seed ${seed}`,
    supervision: "untrained",
    role: "control",
    seed,
    architecture: "mini",
    format: "generated",
    source: { generator: "mini" },
    sha256: await hashTensors(untrainedResNet("mini", seed)),
    status: "official",
    evidence: ["over the generated tensors: their names, shapes and float32 bytes"],
    licence: "MIT",
    trainingData: "none",
    language: "none",
    preprocessing: PREPROCESSING,
    doi: null,
    bibtex: null,
    readout,
  };
}

/**
 * Puts entries into the lock in place of those with the same ids; new ones go to the end, in order of their ids.
 *
 * @throws {RequestError} where the lock breaks its format.
 */
export async function updateLock(path: string, entries: readonly ModelEntry[]): Promise<void> {
  const lock = parseModelsLock(await readFile(path, "utf8"), path);
  const given = new Map(entries.map((entry) => [entry.id, entry]));
  const kept = lock.models.map((model) => given.get(model.id) ?? model);
  const known = new Set(kept.map(({ id }) => id));
  const added = entries.filter(({ id }) => !known.has(id)).sort((a, b) => a.id < b.id ? -1 : 1);
  await writeAtomically(path, formatModelsLock({ ...lock, models: [...kept, ...added] }));
}
