import type { EncoderEntry } from "./encoder_entry.ts";
import type { SUPERVISIONS } from "./forms.ts";

/**
 * How well a hash is founded. `official`: published in full by the file's owner. `corroborated`: quoted in full by several
 * independent public files. `single`: by one. `prefix`: only its leading digits are published. `none`: nothing is. `local`: it
 * is the hash of the user's own file, and nothing vouches for where that comes from.
 */
export const PIN_STATUSES = ["official", "corroborated", "single", "prefix", "none", "local"] as const;

/** See {@linkcode PIN_STATUSES}. */
export type PinStatus = typeof PIN_STATUSES[number];

/** Where a network comes from: an address, a file of the project, or an initialization by name. */
export type ModelSource = { url: string } | { path: string } | { generator: string };

/** How an image becomes a network's input. */
export interface ModelPreprocessing {
  /** Length of the shorter side after resizing, in pixels. */
  resize: number;
  /** Side of the square cut from the centre, in pixels; at most `resize`. */
  crop: number;
  /** Filter of the resizing. */
  interpolation: "bilinear" | "bicubic" | "nearest";
  /** Subtracted from each channel, in units of full scale. */
  mean: [number, number, number];
  /** Divides each channel after that; positive. */
  std: [number, number, number];
}

/** How well a network does a task on images it has not seen. */
export interface ModelAccuracy {
  /** The task in words. */
  task: string;
  /** Share of right answers, 0–1. */
  value: number;
  /** Share that guessing gets, 0–1. */
  chance: number;
  /** Images it was measured on. */
  images: number;
}

/** A network that can be had, and how to know that it is the right file. */
export interface ModelEntry {
  /** What the command line calls it. */
  id: string;
  /** Networks that differ in their seed alone share a family; a study may join others. */
  family: string;
  /** What a report calls it. */
  title: string;
  /** What it learned from. */
  supervision: typeof SUPERVISIONS[number];
  /** What it stands for in a comparison, in words. */
  role: string;
  /** Seed of its training or initialization. */
  seed?: number;
  /** Which of the project's graphs its tensors make, such as `resnet50`; `onnx` where the file is its own graph. */
  architecture: string;
  /** How the file holds its tensors; `generated` where there is no file. */
  format: "safetensors" | "pytorch" | "torchscript" | "onnx" | "generated";
  /** Where it comes from. */
  source: ModelSource;
  /** Size of the file. */
  bytes?: number;
  /** SHA-256 of the file, or of the tensors where they are generated. */
  sha256?: string;
  /** Its leading digits, where only these are published. */
  sha256Prefix?: string;
  /** How well the hash is founded. */
  status: PinStatus;
  /** Where the hash was found, a sentence each. */
  evidence: string[];
  /** Licence of the weights; null where none is stated. */
  licence: string | null;
  /** What it was trained on. */
  trainingData: string;
  /** How language entered the training. */
  language: string;
  /** How an image becomes its input. */
  preprocessing: ModelPreprocessing;
  /** Of the paper. */
  doi: string | null;
  /** One entry to cite it by. */
  bibtex: string | null;
  /** The prefix of the network's tensors in the file, where it cannot be found by itself. */
  weightsPrefix?: string;
  /** How the network was trained, for those that come with the project. */
  training?: string;
  /** Accuracy at its own task on unseen images, for those that come with the project. */
  accuracy?: ModelAccuracy;
  /** Accuracy of a linear readout of the last layer, the one task that networks of the project share. */
  readout?: ModelAccuracy;
}

/** The content of models.lock.json. */
export interface ModelsLock {
  /** Version of the format. */
  version: 1;
  /** Every network, ids unique. */
  models: ModelEntry[];
  /** Text encoders, with ids of their own. */
  encoders?: EncoderEntry[];
}
