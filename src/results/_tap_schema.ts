import { z } from "zod";
import { estimate, interval, nullableNumber, placed, sortedRecord } from "./_primitives.ts";

/** How sharply the selected units prefer their category, on the held-out fold. */
export const specificity = z.strictObject({
  /** Mean over selected units of the mean t against each other condition. */
  t: estimate,
  /** Mean over selected units of d′ against the runner-up condition. */
  dprime: estimate,
  /** (μc − μ̄others)/(|μc| + |μ̄others|), mean over selected units. */
  index: estimate,
  /** Lifetime sparseness over condition means (Vinje & Gallant form), 0–1. */
  sparseness: estimate,
  /** Share of the selected units that are selected for this category only, 0–1. */
  exclusivity: estimate,
});

/** Where the selected units are; each statistic beside random placement of as many. */
export const localization = z.strictObject({
  within: z.strictObject({ entropy: placed, gini: placed, moran: placed, peak: placed }),
  across: z.strictObject({ entropy: placed, gini: placed }),
});

/** Response of the selected units, held out, in units of the tap's standard deviation over units and images. */
export const strength = z.strictObject({ response: estimate, lead: estimate });

/** The measures of one category at one tap for one set of selected units. */
export const measureSet = z.strictObject({ specificity, localization, strength });

/** One point of the curve over matched proportions. */
export const curvePoint = z.strictObject({
  proportion: z.number(),
  t: nullableNumber,
  dprime: nullableNumber,
  index: nullableNumber,
  exclusivity: nullableNumber,
  response: nullableNumber,
  lead: nullableNumber,
  withinEntropyZ: nullableNumber,
  acrossGiniZ: nullableNumber,
  reason: z.string().optional(),
});

export const tapCategory = z.strictObject({
  /** Units selected on either fold, averaged over the two directions. */
  selected: z.number(),
  proportion: nullableNumber,
  interval: interval.nullable(),
  /** The proportion that arises with condition labels permuted; null where the null was not asked for. */
  null: z.strictObject({
    mean: z.number(),
    interval,
    pValue: z.number(),
    correctedP: z.number().optional(),
    permutations: z.int(),
  }).nullable(),
  /** Dice between the selections of the two folds; null where neither selects a unit. */
  foldDice: nullableNumber,
  foldDiceChance: nullableNumber.optional(),
  reason: z.string().optional(),
  specificity,
  /**
   * How the held-out measures spread over the selected units: quantiles at 0, 5, …, 100 % (21 values, ascending);
   * null where no unit is selected. Absent in results that did not keep it.
   */
  spread: z.strictObject({ dprime: z.array(z.number()), index: z.array(z.number()) }).nullable().optional(),
  localization,
  strength,
  /** The same measures on the images that selected the units, to show the size of the circular bias. */
  circular: z.strictObject({
    dprime: nullableNumber,
    t: nullableNumber,
    index: nullableNumber,
    response: nullableNumber,
    reason: z.string().optional(),
  }),
  /** The same measures at the matched proportion of `settings.matchedProportion`. */
  matched: measureSet,
  curve: z.array(curvePoint),
  /** Selected units per position, at most 32 × 32 bins; null for taps without positions. */
  map: z.strictObject({ rows: z.int(), columns: z.int(), counts: z.array(z.number()) }).nullable(),
  /** Lorenz curve of selected units over channels: cumulative share at 21 equal steps of channels, fewest first. */
  lorenz: z.array(z.number()).nullable(),
  /** The channels with most selected units, and the images that drive their selected sampled units most and least. */
  channels: z.array(z.strictObject({
    channel: z.int(),
    selected: z.number(),
    share: z.number(),
    most: z.array(z.string()),
    least: z.array(z.string()),
  })),
  /** Selected on one finer category, tested on the other (adult → child); empty where a domain has one. */
  generalization: z.array(z.strictObject({
    from: z.string(),
    to: z.string(),
    dprime: nullableNumber,
    dprimeSelecting: nullableNumber.optional(),
    ratio: nullableNumber.optional(),
    retained: nullableNumber,
    retainedSelecting: nullableNumber.optional(),
    reason: z.string().optional(),
  })),
});

/** What every other criterion makes of a tap and category, in short. */
export const criterionSummary = z.strictObject({
  selected: z.number(),
  proportion: nullableNumber,
  dprime: nullableNumber,
  index: nullableNumber,
  exclusivity: nullableNumber,
  withinEntropyZ: nullableNumber,
  acrossGiniZ: nullableNumber,
  response: nullableNumber,
  lead: nullableNumber,
  foldDice: nullableNumber,
  foldDiceChance: nullableNumber.optional(),
  reason: z.string().optional(),
});

export const tapResult = z.strictObject({
  name: z.string(),
  depth: z.number().min(0).max(1),
  shape: z.array(z.int()),
  units: z.int(),
  /** Units with zero variance in every condition; for one contrast see METHODS. */
  deadUnits: z.int(),
  sampledUnits: z.int(),
  /** Worst relative error of streamed moments against the sampled responses at this tap. */
  selfCheck: z.number(),
  /** Category to measures, under the main criterion. */
  categories: sortedRecord(tapCategory),
  /** Criterion name to category to summary, for every criterion of the multiverse (the main one too). */
  criteria: sortedRecord(sortedRecord(criterionSummary)),
  /** Mean dissimilarity (1 − Pearson) between images of each pair of conditions over all sampled units, [conditions × conditions]. */
  dissimilarity: z.array(z.array(nullableNumber)),
  reason: z.string().optional(),
});

export const consistency = z.strictObject({
  taps: z.array(z.string()),
  /** Spearman correlation between taps' dissimilarities, [taps × taps]; null where a tap has too few selected units. */
  matrix: z.array(z.array(nullableNumber)),
  /** Mean off the diagonal. */
  mean: estimate,
  /** The mean that split halves of the units allow. */
  ceiling: nullableNumber,
  reason: z.string().optional(),
});
