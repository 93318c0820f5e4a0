import { type ClaimResult, type MeasureName, PRIMARY_MEASURES } from "../results/mod.ts";

/** Which comparison a claim is first of all about. */
export type ClaimedPair = "language" | "contrastive";

/** A claim that one number differs between an image-only family and one that learned from language. */
export interface DifferenceClaim {
  readonly id: Exclude<ClaimResult["id"], "presence">;
  readonly text: string;
  readonly source: string;
  /** Measures with the sign of the claimed difference; the first decides the verdict. */
  readonly measures: readonly (readonly [MeasureName, 1 | -1])[];
  /** The supervision that the verdict is first of all about; the other decides where it was not run. */
  readonly primary: ClaimedPair;
  readonly matched: boolean;
}

const PAPER = "Lu & Wang 2025, arXiv:2502.16456";

export const PRESENCE = {
  id: "presence",
  text: "Each network has category-selective units, and their proportion rises across layers.",
  source: `${PAPER} (v1, v2)`,
} as const;

/** The paper's claims about what language changes. */
export const DIFFERENCE_CLAIMS: readonly DifferenceClaim[] = [
  {
    id: "more",
    text: "Networks that learned from language have more category-selective units.",
    source: `${PAPER} (v1 for CLIP; v2 for Lang-Learned ResNet, replicated in CLIP)`,
    measures: [[PRIMARY_MEASURES.more, 1]],
    primary: "language",
    matched: false,
  },
  {
    id: "specificity",
    text: "Their selective units are less specific.",
    source: `${PAPER} (v1, v2)`,
    measures: [
      [PRIMARY_MEASURES.specificity, -1],
      ["specificity.t", -1],
      ["specificity.index", -1],
      ["specificity.sparseness", -1],
      ["specificity.exclusivity", -1],
    ],
    primary: "language",
    matched: true,
  },
  {
    id: "localization",
    text: "Their selective units are less localized in space and more evenly spread over feature maps.",
    source: `${PAPER} (v2: less localized in space; v1: more evenly spread over feature maps)`,
    measures: [
      [PRIMARY_MEASURES.localization, 1],
      ["localization.across.gini", -1],
      ["localization.within.gini", -1],
      ["localization.within.moran", -1],
      ["localization.within.peak", -1],
      ["localization.across.entropy", 1],
    ],
    primary: "language",
    matched: true,
  },
  {
    id: "strength",
    text: "Their selective units respond more weakly.",
    source: `${PAPER} (v2)`,
    measures: [[PRIMARY_MEASURES.strength, -1], ["strength.lead", -1]],
    primary: "language",
    matched: true,
  },
  {
    id: "consistency",
    text: "CLIP represents images more consistently across layers.",
    source: `${PAPER} (v1)`,
    measures: [[PRIMARY_MEASURES.consistency, 1]],
    primary: "contrastive",
    matched: false,
  },
];

/** How a measure is called in a sentence. */
export const MEASURE_WORDS: Readonly<Record<MeasureName, string>> = {
  "proportion": "proportion of selective units",
  "specificity.t": "mean t",
  "specificity.dprime": "d′ against the runner-up",
  "specificity.index": "selectivity index",
  "specificity.sparseness": "lifetime sparseness",
  "specificity.exclusivity": "share of exclusive units",
  "localization.within.entropy": "entropy within maps (over random placement)",
  "localization.within.gini": "Gini within maps (over random placement)",
  "localization.within.moran": "Moran's I (over random placement)",
  "localization.within.peak": "peak share (over random placement)",
  "localization.across.entropy": "entropy across channels (over random placement)",
  "localization.across.gini": "Gini across channels (over random placement)",
  "strength.response": "response in tap deviations",
  "strength.lead": "lead over the runner-up in tap deviations",
  "consistency": "consistency over taps of the selected units",
  "depthSlope": "rise of the proportion from the first tap to the last",
};
