import type { Preprocessing } from "../stimuli/mod.ts";
import type { Supervision } from "../results/mod.ts";

/** Which layers of a network are recorded: the ends of its stages, the ends of its blocks, or layers by name. */
export type LayerChoice = "stages" | "blocks" | readonly string[];

/** How images become a network's input: a recipe by name, or itself. */
export type PreprocessingChoice = "imagenet" | "clip" | "inception" | Preprocessing;

/** A network of the lock, or all networks of one of its families. */
export interface LockNetwork {
  /** The id or family. */
  readonly lock: string;
  /** In place of the lock's own. */
  readonly family?: string;
  /** Which layers are recorded. @default those of the study */
  readonly layers?: LayerChoice;
}

/** A network in a file of the user's own. */
export interface FileNetwork {
  /** Unique in the study: lower-case letters, digits, dots, hyphens and underscores. */
  readonly id: string;
  /** Networks of one family are trainings of one kind: letters, digits, dots, hyphens and underscores. @default the id */
  readonly family?: string;
  /** Path of the file: `.onnx`, `.safetensors`, `.pth` or `.pt`. */
  readonly weights: string;
  /** Which network its tensors make, by one of the known names. @default what the tensors are called */
  readonly architecture?: string;
  /**
   * How images become its input.
   * @default a file `NAME.preprocessing.json` beside `NAME.onnx`, else what the architecture was made for
   */
  readonly preprocessing?: PreprocessingChoice;
  /** Which layers are recorded. @default those of the study; of an ONNX file, what looks like the ends of its blocks */
  readonly layers?: LayerChoice;
  /** What it learned from. @default "unstated" */
  readonly supervision?: Supervision;
  /** Seed of its training. Families are compared seed by seed where both state theirs. */
  readonly seed?: number;
  /** How it was trained, in words. */
  readonly training?: string;
  /** What a report calls it. @default the file's name */
  readonly title?: string;
  /** What it was trained on, in words. */
  readonly trainingData?: string;
  /** How language entered its training, in words. */
  readonly language?: string;
  /** Licence of the weights. */
  readonly licence?: string;
  /** Of the paper. */
  readonly doi?: string;
}

/** A network of a study. */
export type StudyNetwork = LockNetwork | FileNetwork;

/** A difference to be tested: `b − a`, families of networks. */
export interface StudyPair {
  /** The family compared with. */
  readonly a: string;
  /** The family compared. */
  readonly b: string;
  /** What the two differ in, for the report. */
  readonly contrast?: string;
  /** Whether the claims of the paper are judged on it, as if `a` had learned from images alone and `b` from language. */
  readonly claims?: boolean;
}

/** What a study says of the conditions of its images; what it does not say, `conditions.json` or a rule decides. */
export interface StudyConditions {
  /** Conditions made of several folders, by name. */
  readonly conditions?: Readonly<Record<string, readonly string[]>>;
  /** The conditions that units are selected for. */
  readonly targets?: readonly string[];
  /** The conditions that only stand against them. */
  readonly controls?: readonly string[];
}

/** Images of the user's own: a folder for each condition, and within it, if wanted, one for each category. */
export interface StimulusFolder extends StudyConditions {
  /** Path of the folder. */
  readonly path: string;
}

/** A set that has a name. */
export interface NamedStimuli extends StudyConditions {
  /** `procedural` or `floc`. */
  readonly set: string;
}

/** What a study says of one of its families. */
export interface StudyFamily {
  /** What differs among its networks besides the seed, in a sentence or two. */
  readonly note: string;
}

/** Which networks meet which images, and how they are compared. */
export interface Study {
  /** What the command line and the report's folder call it. */
  readonly name: string;
  /** What a report calls it. */
  readonly title: string;
  /** In the order of the report. */
  readonly networks: readonly StudyNetwork[];
  /** What is to be said of families, by name. */
  readonly families?: Readonly<Record<string, StudyFamily>>;
  /** Comparisons of families. @default every pair of families, in the order of the networks */
  readonly compare?: readonly StudyPair[];
  /** A set by name (`procedural`, `floc`), or a folder. */
  readonly stimuli: string | NamedStimuli | StimulusFolder;
  /** Which layers are recorded, unless a network says otherwise. */
  readonly layers: LayerChoice;
  /** What makes a unit selective: a preset's name or an expression. */
  readonly criterion: string;
  /**
   * The largest uncorrected p, in (0, ½), of the units that specificity and strength are measured in where the criterion's own
   * threshold moves with the number of selective units. @default 1e-4
   */
  readonly fixedThreshold?: number;
  /** At most this many images of each category. */
  readonly limit?: number;
  /** Whether scrambled places and words are conditions like any other. @default false */
  readonly scrambled?: boolean;
  /** Leaves intervals, nulls and other criteria out. @default false */
  readonly fast?: boolean;
  /**
   * The smallest effects of interest by measure, in place of the measures' own: `{ "specificity.dprime": 0.2 }`. For the
   * proportion a ratio: 1.25 stands for 0.8–1.25.
   */
  readonly smallestEffects?: Readonly<Record<string, number>>;
  /** Seed of every sample and resample. @default 0 */
  readonly seed?: number;
  /** Layers whose selective units are lesioned, in the networks that have them. @default none */
  readonly lesions?: readonly string[];
}
