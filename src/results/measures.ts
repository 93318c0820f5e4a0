/** The measures of results.json, by the names under which they are compared. */
export const MEASURES = [
  "proportion",
  "specificity.t",
  "specificity.dprime",
  "specificity.index",
  "specificity.sparseness",
  "specificity.exclusivity",
  "localization.within.entropy",
  "localization.within.gini",
  "localization.within.moran",
  "localization.within.peak",
  "localization.across.entropy",
  "localization.across.gini",
  "strength.response",
  "strength.lead",
  "consistency",
  "depthSlope",
] as const;

/** One of {@linkcode MEASURES}. */
export type MeasureName = typeof MEASURES[number];

/** The measure that decides each claim on a difference, fixed before any network was run; others stand beside it. */
export const PRIMARY_MEASURES = {
  more: "proportion",
  specificity: "specificity.dprime",
  localization: "localization.within.entropy",
  strength: "strength.response",
  consistency: "consistency",
} as const satisfies Readonly<Record<string, MeasureName>>;
