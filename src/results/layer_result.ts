import type { Bounds, Estimate } from "./estimate.ts";

/** One point of the curve over matched proportions; what could not be measured is null. */
export interface CurvePoint {
  /** Share of the layer's units that count as selected, 0–1. */
  proportion: number;
  /** By measure. */
  values: Record<string, number | null>;
  /** Standard deviations from random placement, by measure; of measures that have such a null. */
  z: Record<string, number | null>;
  /** Why a number here is null. */
  reason?: string;
}

/** One of the channels with most selected units. */
export interface ChannelResult {
  /** Its index. */
  channel: number;
  /** Its selected units, averaged over the halves. */
  selected: number;
  /** Their share of the channel's units, 0–1. */
  share: number;
  /** Ids of the images that drive it most, first. */
  most: string[];
  /** Ids of those that drive it least, first. */
  least: string[];
  /**
   * Its selected units per position, at most 16 × 16 bins; null for layers without positions, left out in earlier results.
   */
  map?: { rows: number; columns: number; counts: number[] } | null | undefined;
  /**
   * Mean response of its selected units to each condition on the half that did not select them, in units of the layer noise;
   * without conditions that have no image there. Left out in earlier results.
   */
  profile?: Record<string, number> | undefined;
}

/** Units selected on one finer category and tested on another of the same condition. */
export interface GeneralizationResult {
  /** The category that selected. */
  from: string;
  /** The category that tested. */
  to: string;
  /** Held-out d′ on the tested category. */
  dprime: number | null;
  /** Held-out d′ of the same units on the categories that selected them. */
  dprimeSelecting?: number | null | undefined;
  /** Generalization index: `dprime` over `dprimeSelecting`; null where the latter is not above 0. */
  ratio?: number | null | undefined;
  /** Share of the units selected again from the held-out images of the tested category alone. */
  retained: number | null;
  /** The same share from as many held-out images of the selecting categories, drawn at random: what power alone allows. */
  retainedSelecting?: number | null | undefined;
  /** Why a number is null. */
  reason?: string;
}

/** What was found for one category at one layer under the main criterion. */
export interface LayerCategory {
  /** Units selected on either half, averaged over the two directions. */
  selected: number;
  /**
   * Units of a half that the measures with `atFixedThreshold` and the profile rest on, the same average: those of the fixed
   * threshold where the criterion's own moves with prevalence, else the selected ones.
   */
  measuredUnits: number;
  /**
   * Units that the criterion would decide about otherwise if its level were 1 % higher or lower, averaged over the halves of
   * the first split: rounding, which differs between devices, can decide about them. Left out where the criterion is no
   * conjunction of t tests, and in earlier results.
   */
  nearThreshold?: number | undefined;
  /**
   * The proportion that arises with condition labels permuted, and the p value of the observed one, as it is and corrected by
   * Holm over the layers of the network within the category; null where the null was not asked for.
   */
  null:
    | { mean: number; interval: Bounds; pValue: number; correctedP?: number | undefined; permutations: number }
    | null;
  /** Dice between the selections of the two halves; null where neither selects a unit. */
  halfDice: number | null;
  /** Dice expected of random selections of the same sizes. */
  halfDiceChance: number | null;
  /** Why a number here is null. */
  reason?: string;
  /** By measure, every one of kind unit, selection and placement, on the half that did not select. */
  measures: Record<string, Estimate>;
  /**
   * Mean held-out response of the units that strength is measured in to each condition, in units of the layer noise; empty in
   * results of version 1.
   */
  profile: Record<string, Estimate>;
  /**
   * How the measures of kind unit spread over the units that they are taken in: quantiles at 0, 5, …, 100 % (21 values,
   * ascending); null where there is none.
   */
  spread: Record<string, number[]> | null;
  /** The measures of kind unit on the images that selected the units, to show the size of the circular bias. */
  circular: Record<string, number | null>;
  /** The same measures at the matched proportion of the run's settings. */
  matched: Record<string, Estimate>;
  /** The measures over matched proportions, ascending; in large layers on the sample of channels that other criteria run on. */
  curve: CurvePoint[];
  /** Selected units per position, at most 32 × 32 bins; null for layers without positions. */
  map: { rows: number; columns: number; counts: number[] } | null;
  /** Lorenz curve of selected units over channels: cumulative share at 21 equal steps of channels, fewest first. */
  lorenz: number[] | null;
  /** The channels with most selected units, fullest first. */
  channels: ChannelResult[];
  /** Selected on one finer category, tested on the other (adult → child); empty where a condition has one. */
  generalization: GeneralizationResult[];
}

/** What any criterion makes of a layer and category, in short. */
export interface CriterionSummary {
  /** Units selected on either half, averaged over the two directions. */
  selected: number;
  /** Units of a half that the measures with `atFixedThreshold` rest on, as in a layer's categories. */
  measuredUnits: number;
  /** Dice between the selections of the two halves. */
  halfDice: number | null;
  /** Dice expected of random selections of the same sizes. */
  halfDiceChance: number | null;
  /** By measure; an interval may be missing without a reason. */
  measures: Record<string, Estimate>;
  /** Why a number here is null. */
  reason?: string;
}

/** What was found at one layer of a network. */
export interface LayerResult {
  /** The layer's name. */
  name: string;
  /** Its place in the network, from 0 (first) to 1 (last). */
  depth: number;
  /** `[channels, rows, columns]`, or `[channels]`. */
  shape: number[];
  /** How many units it has. */
  units: number;
  /** Units with zero variance in every condition. */
  deadUnits: number;
  /**
   * In how many directions the layer's channels vary over images: the participation ratio of the eigenvalues of their
   * correlation matrix, from 1 to the number of channels; 0 where none varies. Null in results of version 1 alone.
   */
  dimensions: number | null;
  /** Units whose responses were kept per image. */
  sampledUnits: number;
  /** Units that deletions of blocks ran on: all, or those of a sample of whole channels; 0 where none ran. */
  deletedUnits: number;
  /** Worst relative error of streamed moments against the sampled responses at this layer. */
  selfCheck: number;
  /** Category to measures, under the main criterion. */
  categories: Record<string, LayerCategory>;
  /** Criterion name to category to summary, for every criterion of the multiverse (the main one too). */
  criteria: Record<string, Record<string, CriterionSummary>>;
  /** Mean dissimilarity (1 − Pearson) between images of each pair of conditions, `[conditions, conditions]`. */
  dissimilarity: (number | null)[][];
  /** Why a number here is null. */
  reason?: string;
}

/** How alike the layers of a network represent the images; its mean stands among the network's measures. */
export interface Consistency {
  /** Names of the layers compared. */
  layers: string[];
  /** Spearman correlation between layers' dissimilarities, `[layers, layers]`; null where a layer has too few units. */
  matrix: (number | null)[][];
  /** Split-half reliability of the dissimilarities, averaged over pairs of layers; it may lie below their consistency. */
  reliability: number | null;
  /** Why a number here is null. */
  reason?: string;
}
