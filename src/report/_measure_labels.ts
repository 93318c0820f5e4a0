import type { MeasureName } from "../results/mod.ts";

/** How a measure is named, and how its values read. */
export interface MeasureLabel {
  /** As an axis title. */
  readonly axis: string;
  /** Where there is little room. */
  readonly short: string;
  /** Within a sentence. */
  readonly phrase: string;
  readonly unit: "share" | "number";
}

/** The measures in the report's words. */
export const MEASURE_LABELS: Readonly<Record<MeasureName, MeasureLabel>> = {
  "proportion": {
    axis: "Proportion of units selective",
    short: "Proportion",
    phrase: "proportion of selective units",
    unit: "share",
  },
  "specificity.t": {
    axis: "t against the other conditions",
    short: "t",
    phrase: "t against the other conditions",
    unit: "number",
  },
  "specificity.dprime": {
    axis: "d′ against the runner-up",
    short: "d′",
    phrase: "d′ against the runner-up",
    unit: "number",
  },
  "specificity.index": { axis: "Selectivity index", short: "Index", phrase: "selectivity index", unit: "number" },
  "specificity.sparseness": {
    axis: "Lifetime sparseness",
    short: "Sparseness",
    phrase: "lifetime sparseness",
    unit: "number",
  },
  "specificity.exclusivity": {
    axis: "Share selective for one category only",
    short: "Exclusivity",
    phrase: "exclusivity",
    unit: "share",
  },
  "localization.within.entropy": {
    axis: "Entropy of cells within maps, beyond random",
    short: "Entropy in maps",
    phrase: "entropy of cells within maps, beyond random placement",
    unit: "number",
  },
  "localization.within.gini": {
    axis: "Gini of cells within maps, beyond random",
    short: "Gini in maps",
    phrase: "Gini of cells within maps, beyond random placement",
    unit: "number",
  },
  "localization.within.moran": {
    axis: "Moran’s I within maps, beyond random",
    short: "Moran’s I",
    phrase: "Moran’s I within maps, beyond random placement",
    unit: "number",
  },
  "localization.within.peak": {
    axis: "Share of the fullest cell, beyond random",
    short: "Peak share",
    phrase: "share of the fullest cell, beyond random placement",
    unit: "share",
  },
  "localization.across.entropy": {
    axis: "Entropy across channels, beyond random",
    short: "Channel entropy",
    phrase: "entropy across channels, beyond random placement",
    unit: "number",
  },
  "localization.across.gini": {
    axis: "Gini across channels, beyond random",
    short: "Channel Gini",
    phrase: "Gini across channels, beyond random placement",
    unit: "number",
  },
  "strength.response": {
    axis: "Response to the category (SD of the tap)",
    short: "Response",
    phrase: "response to the category in SD of the tap",
    unit: "number",
  },
  "strength.lead": {
    axis: "Lead over the runner-up (SD of the tap)",
    short: "Lead",
    phrase: "lead over the runner-up in SD of the tap",
    unit: "number",
  },
  "consistency": {
    axis: "Consistency across taps (ρ)",
    short: "Consistency",
    phrase: "consistency across taps",
    unit: "number",
  },
  "depthSlope": {
    axis: "Rise of the proportion with depth",
    short: "Rise with depth",
    phrase: "rise of the proportion with depth",
    unit: "number",
  },
};
