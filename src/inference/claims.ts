import type { MeasureGroup } from "../measures/mod.ts";
import type { ClaimResult } from "../results/mod.ts";

/** A claim that one property differs between an image-only family and one that learned from language. */
export interface DifferenceClaim {
  readonly id: Exclude<ClaimResult["id"], "presence">;
  readonly text: string;
  readonly source: string;
  /** The property; its primary measure decides. */
  readonly group: MeasureGroup;
  /** 1 where language is claimed to raise the property, −1 where to lower it. */
  readonly sign: 1 | -1;
}

const PAPER = "Lu & Wang 2025, arXiv:2502.16456";

/** That there are selective units at all. */
export const PRESENCE = {
  id: "presence",
  text: "Each network has category-selective units, and their proportion rises across layers.",
  source: `${PAPER} (v1, v2)`,
} as const;

/** The paper's claims about what language changes. */
export const DIFFERENCE_CLAIMS: readonly DifferenceClaim[] = [
  {
    id: "more",
    text: "Language-trained networks have more category-selective units.",
    source: `${PAPER} (v1 for CLIP; v2 for Lang-Learned ResNet, replicated in CLIP)`,
    group: "quantity",
    sign: 1,
  },
  {
    id: "specificity",
    text: "Their selective units are less specific.",
    source: `${PAPER} (v1, v2)`,
    group: "specificity",
    sign: -1,
  },
  {
    id: "localization",
    text: "Their selective units are less localized in space and spread more evenly over feature maps.",
    source: `${PAPER} (v2: less localized in space; v1: more evenly spread over feature maps)`,
    group: "localization",
    sign: -1,
  },
  {
    id: "strength",
    text: "Their selective units respond more weakly.",
    source: `${PAPER} (v2)`,
    group: "strength",
    sign: -1,
  },
  {
    id: "consistency",
    text: "They represent images more consistently across layers.",
    source: `${PAPER} (v1, of CLIP)`,
    group: "consistency",
    sign: 1,
  },
];
