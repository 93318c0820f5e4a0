import { conjunctionCriterion } from "./_conjunction_criterion.ts";

/**
 * Selective against each other condition at once, the false discovery rate held over the units selected.
 *
 * A unit that fails to exceed any one condition is a false discovery; its largest p is then a valid p of that null, whatever
 * the other contrasts are, and Benjamini and Hochberg's step over these p values bounds the share of false discoveries.
 */
export const CONJUNCTION_MAX = conjunctionCriterion({
  name: "conjunction-max",
  definition: "the largest one-sided Welch p over the contrasts with each other condition, p < 0.05 after " +
    "Benjamini–Hochberg over the units of the layer (the conjunction null)",
  status: "established",
  source: "Test of the conjunction null: Nichols et al. 2005, NeuroImage; correction: Benjamini & Hochberg 1995",
  doi: "10.1016/j.neuroimage.2004.12.005",
  movesWithPrevalence: true,
}, { test: "welch", sides: 1, correction: "benjamini-hochberg", alpha: 0.05, against: "largest" });
