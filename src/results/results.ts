import type { RoleOrigin } from "../stimuli/mod.ts";
import type { Estimate, Supervision } from "./estimate.ts";
import type { ClaimResult, ComparedPair, ComparisonResult } from "./comparison.ts";
import type { Consistency, LayerResult } from "./layer_result.ts";
import type { LesionResult } from "./lesion_result.ts";
import type { MeasureResult } from "./measure_result.ts";

/** A criterion as a run used it. */
export interface CriterionResult {
  /** The preset's name, or the expression. */
  name: string;
  /** The rule in words. */
  definition: string;
  /** `provisional` where a paper's own rule is not known; `user` for an expression. */
  status: "established" | "provisional" | "user";
  /** Who uses it. */
  source: string;
  /** Of the source. */
  doi: string | null;
  /** Whether its threshold moves with how many units are selective: specificity and strength are then measured at the fixed one. */
  movesWithPrevalence: boolean;
}

/** Where the weights of a network come from, and how far that is known. */
export interface WeightsResult {
  /** Of the file, or of the tensors where they were generated; null where there was none. */
  sha256: string | null;
  /** How well the hash is founded; `seeded` where the weights come from a seed, `local` where they are a file of the user's own. */
  status: "official" | "corroborated" | "single" | "prefix" | "none" | "local" | "seeded";
  /** An address, a path in the project, the name of an initialization, or the name of the user's own file without its folders. */
  source: string;
  /** Size of the file. */
  bytes: number | null;
  /** Licence of the weights, where one is stated. */
  licence: string | null;
  /** What it was trained on. */
  trainingData: string | null;
  /** How language entered the training. */
  language: string | null;
  /** What was done to an image before it was shown, in words. */
  preprocessing: string;
  /** Accuracy on unseen images, in words, where it is known. */
  accuracy: string | null;
  /** Of the paper. */
  doi: string | null;
  /** One entry to cite it by. */
  bibtex: string | null;
}

/** What was found in one network. */
export interface NetworkResult {
  /** Id in models.lock.json, or the user's own. */
  id: string;
  /** Trainings of one kind share a family; what differs among them besides the seed, `families` says. */
  family: string;
  /** What a report calls it. */
  title: string;
  /** What it learned from. */
  supervision: Supervision;
  /** Seed of its training or initialization, where there is one. */
  seed: number | null;
  /** `not run` where it could not be had. */
  status: "run" | "not run";
  /** Why it was not run. */
  reason: string | null;
  /** Its graph. */
  architecture: string;
  /** Its weights. */
  weights: WeightsResult;
  /** Shallowest first; empty where it was not run. */
  layers: LayerResult[];
  /** Per target category, and `all` over every sampled unit; empty where the network was not run. */
  consistency: Record<string, Consistency>;
  /** Measure of kind network to category (and `all`) to estimate; empty where the network was not run. */
  measures: Record<string, Record<string, Estimate>>;
  /** What the selective units of lesioned layers are needed for; left out where no lesion was asked for. */
  lesions?: LesionResult[] | undefined;
  /** What every number above speaks of. */
  inference: "network";
}

/** What made the numbers: never part of whether two results are the same. */
export interface Provenance {
  /** The command line, or the call. */
  command: string;
  /** Forty hexadecimal digits; null outside a repository. */
  gitCommit: string | null;
  /** ISO 8601, in UTC. */
  startedAt: string;
  /** Version of Deno, or of the runtime that stood in. */
  deno: string;
  /** The inference runtime and its version. */
  runtime: string;
  /** `webgpu`, `cpu` or `wasm`. */
  device: string;
  /** What the device ran on, in words. */
  adapter: string;
  /** The processor. */
  cpu: string;
  /** The operating system. */
  os: string;
  /** sha256 over what the locks pin. */
  lockHash: string;
  /** Worst relative error of streamed moments over all networks. */
  selfCheck: number;
}

/** Where the time went. */
export interface Timing {
  /** From start to results. */
  wallSeconds: number;
  /** Images shown, over all networks, in this run or in an earlier one whose recording was found. */
  images: number;
  /** Seconds that each phase was waited for; those of a network's recording go on beside each other. */
  phases: {
    decode: number;
    inference: number;
    merge: number;
    tests: number;
    measures: number;
    report: number;
    lesions?: number | undefined;
  };
  /** Groups of images that were recorded, and those that an earlier run had recorded already. */
  groups?: { recorded: number; reused: number } | undefined;
  /** Images a second of recording, of those shown in this run; 0 where none was. */
  imagesPerSecond: number;
  /** Most memory that was resident, in bytes. */
  peakRssBytes: number;
}

/** What the run was told to do. */
export interface RunSettings {
  /** Which layers were recorded. */
  layers: string;
  /** Most images of a category, where limited. */
  limit: number | null;
  /** Most units a layer whose responses were kept. */
  sampledUnits: number;
  /** Seed of every random draw. */
  seed: number;
  /** Coverage of the intervals, 0–1. */
  level: number;
  /**
   * The largest uncorrected p of the units that specificity and strength are measured in under criteria whose own threshold moves
   * with prevalence; null in results of version 1, which measured them in the selected units.
   */
  fixedThreshold: number | null;
  /** How many blocks each condition's images fall into. */
  blocks: number;
  /** How many splits of the blocks into halves the main criterion's numbers average. */
  splits: number;
  /** The same for the other criteria. */
  otherSplits: number;
  /** In layers of more units, deletions of blocks run on a sample of whole channels; null where no blocks were deleted. */
  largestLayer: number | null;
  /** Permutations of the labels for the null of proportions. */
  permutations: number;
  /** Random placements for the null of localization. */
  placements: number;
  /** Share of a layer's units at which networks are compared matched, 0–1. */
  matchedProportion: number;
  /** Images per condition and block, `[conditions, blocks]`. */
  sizes: number[][];
  /** Conditions made from others, which only criteria that ask for them use. */
  derived: string[];
  /** Who chose `targets` and `controls`, and which conditions of the set are neither and were not shown. */
  roles: { targets: RoleOrigin; controls: RoleOrigin; leftOut: string[] };
  /** How intervals were made, in whole sentences, where they were not made by splits and deletions. */
  intervals?: string | undefined;
  /** Layers whose selective units were lesioned; left out where none. */
  lesions?: string[] | undefined;
}

/** The images that were shown. */
export interface StimuliResult {
  /** The set's name. */
  set: string;
  /** What a report calls it. */
  title: string;
  /** Condition to number of images. */
  perCondition: Record<string, number>;
  /** The finer categories. */
  categories: { name: string; condition: string; images: number }[];
  /** Condition to ids of four images that stand for it, from as many categories as it has; left out in earlier results. */
  examples?: Record<string, string[]> | undefined;
  /** sha256 over ids and bytes of every image. */
  hash: string;
  /** Images that the set's files hold more than once, byte for byte: they count once. Left out where there are none. */
  duplicates?: { image: string; copies: string[] }[];
  /** Where they come from, in words. */
  source: string;
  /** The paper to cite. */
  citation: string | null;
  /** Where one is known. */
  licence: string | null;
  /** Whether thumbnails may be published. */
  redistributable: boolean;
  /** Data URI of a picture of the set; null where the images may not be shown. */
  contactSheet: string | null;
}

/** Everything a run leaves, as it stands in results.json. */
export interface Results {
  /** Version of this layout. */
  schemaVersion: 2;
  /** Which study. */
  study: string;
  /** The package's version and eight hexadecimal digits over every input. */
  id: string;
  /** The package's version. */
  version: string;
  /** What made the numbers. */
  provenance: Provenance;
  /** Where the time went. */
  timing: Timing;
  /** What the run was told to do. */
  settings: RunSettings;
  /** Names of the conditions. */
  conditions: string[];
  /** The categories that units are selected for. */
  targets: string[];
  /** The conditions that only stand against them, in every criterion; a target stands against the other targets too. */
  controls: string[];
  /** Every measure that the numbers below refer to, in the order in which tables and figures show them. */
  measures: MeasureResult[];
  /** The images. */
  stimuli: StimuliResult;
  /** The main criterion. */
  criterion: CriterionResult;
  /** Every criterion of the multiverse, the main one first. */
  criteria: CriterionResult[];
  /** Every network, also those that were not run. */
  networks: NetworkResult[];
  /** What the study says of families, by name; only those that it has something to say of. */
  families: Record<string, { note: string }>;
  /** Which families were compared, and how. */
  pairs: ComparedPair[];
  /** Differences between families. */
  comparisons: ComparisonResult[];
  /** The six claims. */
  claims: ClaimResult[];
  /** Image id to data URI, for the images that the report shows. */
  thumbnails: Record<string, string>;
  /** Known confounds and limits, a sentence each. */
  limits: string[];
  /** SHA-256 of everything but provenance and timing; absent in files of earlier versions, and until results are written. */
  checksum?: string;
}
