import type { Bounds, Estimate, Placed } from "./estimate.ts";

/** How sharply the selected units prefer their category, on the held-out fold. */
export interface SpecificityEstimates {
  /** Mean over selected units of the mean t against each other condition. */
  t: Estimate;
  /** Mean over selected units of d′ against the runner-up condition. */
  dprime: Estimate;
  /** (μc − μ̄others)/(|μc| + |μ̄others|), mean over selected units. */
  index: Estimate;
  /** Lifetime sparseness over condition means (Vinje & Gallant form), 0–1. */
  sparseness: Estimate;
  /** Share of the selected units that are selected for this category only, 0–1. */
  exclusivity: Estimate;
}

/** Where the selected units are; each statistic beside random placement of as many. */
export interface LocalizationEstimates {
  /**
   * Over each channel's map, the mean over channels with at least 4 selected units. Entropy, Gini and peak are over the 4 × 4
   * cells that a map is cut into; maps of at most 4 × 4 positions have none of the three.
   */
  within: {
    /** Normalized entropy over the cells of a map, 0–1. */
    entropy: Placed;
    /** Gini coefficient over the cells of a map, 0–1. */
    gini: Placed;
    /** Moran's I over neighbouring positions. */
    moran: Placed;
    /** Share of the fullest cell of a map, each cell counted by the share of its positions that is selected, 0–1. */
    peak: Placed;
  };
  /** Over channels. */
  across: {
    /** Normalized entropy of the units' channels, 0–1. */
    entropy: Placed;
    /** Gini coefficient over channels, 0–1. */
    gini: Placed;
  };
}

/** Response of the selected units, held out, in units of the tap's standard deviation over units and images. */
export interface StrengthEstimates {
  /** Mean response to the category. */
  response: Estimate;
  /** By how much it exceeds the runner-up condition. */
  lead: Estimate;
}

/** The measures of one category at one tap for one set of selected units. */
export interface MeasureSet {
  /** How sharply the units prefer the category. */
  specificity: SpecificityEstimates;
  /** Where they are. */
  localization: LocalizationEstimates;
  /** How strongly they respond. */
  strength: StrengthEstimates;
}

/** One point of the curve over matched proportions; what could not be measured is null. */
export interface CurvePoint {
  /** Share of the tap's units that count as selected, 0–1. */
  proportion: number;
  /** As in {@linkcode SpecificityEstimates}. */
  t: number | null;
  /** As in {@linkcode SpecificityEstimates}. */
  dprime: number | null;
  /** As in {@linkcode SpecificityEstimates}. */
  index: number | null;
  /** As in {@linkcode SpecificityEstimates}. */
  exclusivity: number | null;
  /** As in {@linkcode StrengthEstimates}. */
  response: number | null;
  /** As in {@linkcode StrengthEstimates}. */
  lead: number | null;
  /** z of the entropy within maps. */
  withinEntropyZ: number | null;
  /** z of the Gini coefficient across channels. */
  acrossGiniZ: number | null;
  /** Why a number here is null. */
  reason?: string;
}

/** One of the channels with most selected units. */
export interface ChannelResult {
  /** Its index. */
  channel: number;
  /** Its selected units, averaged over the folds. */
  selected: number;
  /** Their share of all that are selected, 0–1. */
  share: number;
  /** Ids of the images that drive its selected sampled units most, first. */
  most: string[];
  /** Ids of those that drive them least, first. */
  least: string[];
}

/** Units selected on one finer category and tested on another of the same condition. */
export interface GeneralizationResult {
  /** The category that selected. */
  from: string;
  /** The category that tested. */
  to: string;
  /** Held-out d′ on the tested category, of the resampled units alone (as all numbers here). */
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

/** What was found for one category at one tap under the main criterion. */
export interface TapCategory {
  /** Units selected on either fold, averaged over the two directions. */
  selected: number;
  /** Their share of the units that could be selected, 0–1, over the folds that can be tested; null where none can. */
  proportion: number | null;
  /** Of the proportion. */
  interval: Bounds | null;
  /**
   * The proportion that arises with condition labels permuted, and the p value of the observed one, as it is and corrected by
   * Holm over the taps of the network within the category; null where the null was not asked for.
   */
  null:
    | { mean: number; interval: Bounds; pValue: number; correctedP?: number | undefined; permutations: number }
    | null;
  /** Dice between the selections of the two folds; null where neither selects a unit. */
  foldDice: number | null;
  /** Dice expected of random selections of the same sizes. */
  foldDiceChance?: number | null | undefined;
  /** Why a number here is null. */
  reason?: string;
  /** How sharply the units prefer the category. */
  specificity: SpecificityEstimates;
  /**
   * How the held-out measures spread over the selected units: quantiles at 0, 5, …, 100 % (21 values, ascending);
   * null where no unit is selected. Absent in results that did not keep it.
   */
  spread?: { dprime: number[]; index: number[] } | null;
  /** Where the units are. */
  localization: LocalizationEstimates;
  /** How strongly they respond. */
  strength: StrengthEstimates;
  /** The same measures on the images that selected the units, to show the size of the circular bias. */
  circular: { dprime: number | null; t: number | null; index: number | null; response: number | null; reason?: string };
  /** The same measures at the matched proportion of the run's settings. */
  matched: MeasureSet;
  /** The measures over matched proportions, ascending. */
  curve: CurvePoint[];
  /** Selected units per position, at most 32 × 32 bins; null for taps without positions. */
  map: { rows: number; columns: number; counts: number[] } | null;
  /** Lorenz curve of selected units over channels: cumulative share at 21 equal steps of channels, fewest first. */
  lorenz: number[] | null;
  /** The channels with most selected units, fullest first. */
  channels: ChannelResult[];
  /** Selected on one finer category, tested on the other (adult → child); empty where a domain has one. */
  generalization: GeneralizationResult[];
}

/** What any other criterion makes of a tap and category, in short; what could not be measured is null. */
export interface CriterionSummary {
  /** Units selected on either fold, averaged over the two directions. */
  selected: number;
  /** Their share of the units that could be selected, 0–1, over the folds that can be tested; null where none can. */
  proportion: number | null;
  /** As in {@linkcode SpecificityEstimates}. */
  dprime: number | null;
  /** As in {@linkcode SpecificityEstimates}. */
  index: number | null;
  /** As in {@linkcode SpecificityEstimates}. */
  exclusivity: number | null;
  /** z of the entropy within maps. */
  withinEntropyZ: number | null;
  /** z of the Gini coefficient across channels. */
  acrossGiniZ: number | null;
  /** Why a number here is null. */
  reason?: string;
  /** As in {@linkcode StrengthEstimates}. */
  response: number | null;
  /** As in {@linkcode StrengthEstimates}. */
  lead: number | null;
  /** Dice between the selections of the two folds. */
  foldDice: number | null;
  /** Dice expected of random selections of the same sizes. */
  foldDiceChance?: number | null | undefined;
}

/** What was found at one tap of a network. */
export interface TapResult {
  /** The tap's name. */
  name: string;
  /** Its place in the network, from 0 (first tap) to 1 (last). */
  depth: number;
  /** `[channels, rows, columns]`, or `[channels]`. */
  shape: number[];
  /** How many units it has. */
  units: number;
  /** Units with zero variance in every condition. */
  deadUnits: number;
  /** Units whose responses were kept per image. */
  sampledUnits: number;
  /** Worst relative error of streamed moments against the sampled responses at this tap. */
  selfCheck: number;
  /** Category to measures, under the main criterion. */
  categories: Record<string, TapCategory>;
  /** Criterion name to category to summary, for every criterion of the multiverse (the main one too). */
  criteria: Record<string, Record<string, CriterionSummary>>;
  /** Mean dissimilarity (1 − Pearson) between images of each pair of conditions, `[conditions, conditions]`. */
  dissimilarity: (number | null)[][];
  /** Why a number here is null. */
  reason?: string;
}

/** How alike the taps of a network represent the images. */
export interface Consistency {
  /** Names of the taps compared. */
  taps: string[];
  /** Spearman correlation between taps' dissimilarities, `[taps, taps]`; null where a tap has too few units. */
  matrix: (number | null)[][];
  /** Mean off the diagonal. */
  mean: Estimate;
  /** The mean that split halves of the units allow. */
  ceiling: number | null;
  /** Why a number here is null. */
  reason?: string;
}
