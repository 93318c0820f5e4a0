import type { EntriesUsed } from "./entries_phrase.ts";
import type { Bounds } from "./estimate.ts";

/**
 * What a number speaks of, beyond the images that were shown: `network`, this one network; `networks`, these networks and no
 * others trained like them; `families`, all networks trained like these, of which at least three a family were compared.
 */
export type InferenceLevel = "network" | "networks" | "families";

/** Two layers that met in a comparison. */
export interface LayerPair {
  /** Of the first network of `a`. */
  a: string;
  /** Of the first network of `b`. */
  b: string;
  /** Normalized depth of both, 0–1. */
  depths: [number, number];
}

/** Two families that were compared. */
export interface ComparedPair {
  /** The family compared with. */
  a: string;
  /** The family compared. */
  b: string;
  /** What they differ in, in words; null where nobody said. */
  contrast: string | null;
  /** Whether the claims are judged on it. */
  claims: boolean;
  /** What its rows among `comparisons` speak of. */
  inference: Exclude<InferenceLevel, "network">;
  /** Trainings of `a` and of `b`. */
  trainings: [number, number];
  /** Whether trainings of one seed were compared with each other. */
  paired: boolean;
  /** Which layer met which, the shallowest first. */
  layers: LayerPair[];
  /** Layers that met none. */
  unmatched: { a: string[]; b: string[] };
}

/** A difference between two families of networks. */
export interface ComparisonResult {
  /** The family compared with: the difference is `b − a`. */
  a: string;
  /** The family compared. */
  b: string;
  /** What differs: a name among the results' `measures`. */
  measure: string;
  /** By which units were selected. */
  criterion: string;
  /**
   * A target category, or `all` for their average; for consistency, whose other rows go over selected units, `all units` goes
   * over every sampled unit, whatever the criterion.
   */
  category: string;
  /** Normalized depth of the layers compared; null for the average over depth. */
  depth: number | null;
  /** Whether both were measured at equal proportion. */
  matched: boolean;
  /** The measure in `a`. */
  valueA: number | null;
  /** The measure in `b`. */
  valueB: number | null;
  /** `valueB − valueA`. */
  difference: number | null;
  /** Of the difference, over images and seeds. */
  interval: Bounds | null;
  /** Two-sided p; corrected over layers (Holm) where `depth` is given. */
  pValue: number | null;
  /**
   * p of the two one-sided tests against the smallest effect of interest that the measure states; null where it states none, or
   * where the row has no interval.
   */
  equivalenceP: number | null;
  /** What the row speaks of. */
  inference: Exclude<InferenceLevel, "network">;
  /** Of the layers and categories that the difference averages, how many every network has. */
  entries?: EntriesUsed;
  /** Why a number is null, or why an interval settles nothing. */
  reason?: string;
}

/**
 * What a comparison says of a claim. Of families: it `holds`, it `fails` (the opposite holds), the families are `equivalent`, or
 * `inconclusive`; `mixed` where the comparisons of a claim disagree. Of a few networks: the measure is `higher` or `lower` in the
 * second, or `inconclusive`. `described`: shown with intervals, not tested.
 */
export const VERDICTS = [
  ...["holds", "fails", "equivalent", "mixed", "inconclusive", "higher", "lower"] as const,
  ...["described", "not tested"] as const,
] as const;

/** One of {@linkcode VERDICTS}. */
export type Verdict = typeof VERDICTS[number];

/** One cell of the multiverse: a claim under one criterion, comparison and measure. */
export interface ClaimRow {
  /** By which units were selected. */
  criterion: string;
  /** The family compared with; `chance` where permuted labels stand on that side. */
  a: string;
  /** The family compared. */
  b: string;
  /** What differs: a name among the results' `measures`. */
  measure: string;
  /** `all units` for consistency over every sampled unit; left out for the average over the target categories. */
  category?: string;
  /** Whether both were measured at equal proportion. */
  matched: boolean;
  /** What the row speaks of. */
  inference: InferenceLevel;
  /** Whether it is one of the hypotheses; all other rows show how far these depend on criterion and measure, uncorrected. */
  hypothesis: boolean;
  /** What this row alone says; of a hypothesis, by its corrected p values. */
  verdict: Verdict;
  /** The measure in `a`. */
  valueA: number | null;
  /** The measure in `b`. */
  valueB: number | null;
  /** `valueB − valueA`, or `valueB` where `a` has no value. */
  difference: number | null;
  /** Of the difference, uncorrected. */
  interval: Bounds | null;
  /** Two-sided p; of a hypothesis, corrected (Holm) over all hypotheses. */
  pValue: number | null;
  /** p of equivalence; of a hypothesis, corrected (Holm) over all hypotheses. */
  equivalenceP: number | null;
  /** Of the layers and categories that the difference averages, how many every network has. */
  entries?: EntriesUsed;
  /** Why a number is null, or why an interval settles nothing. */
  reason?: string;
}

/** One of the six claims, judged. */
export interface ClaimResult {
  /** Which claim. */
  id: "presence" | "more" | "specificity" | "localization" | "strength" | "consistency";
  /** The claim in words. */
  text: string;
  /** Who makes it. */
  source: string;
  /** That of its hypotheses where they agree. */
  verdict: Verdict;
  /** Why it was not tested. */
  reason?: string;
  /** Its hypotheses, and the multiverse: one row a criterion × comparison × measure, matched or not. */
  rows: ClaimRow[];
}
