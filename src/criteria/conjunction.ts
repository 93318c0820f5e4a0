import { conjunctionCriterion } from "./_conjunction_criterion.ts";

/**
 * Selective against each other condition at once, the false discovery rate of every contrast held over the units of the layer.
 *
 * That rate is not the one of the units selected: where many units pass some of the contrasts, those of them that pass the
 * others by chance may be most of what passes all. `conjunction-max` holds it.
 */
export const CONJUNCTION = conjunctionCriterion({
  name: "conjunction",
  definition:
    "Welch t, one-sided p < 0.05 after Benjamini–Hochberg over the units of the layer, against each other condition (which " +
    "holds the false discovery rate of each contrast, not that of the units that pass all of them: conjunction-max does)",
  status: "established",
  source: "Conjunction of contrasts: Nichols et al. 2005, NeuroImage; correction: Benjamini & Hochberg 1995",
  doi: "10.1016/j.neuroimage.2004.12.005",
  movesWithPrevalence: true,
}, { test: "welch", sides: 1, correction: "benjamini-hochberg", alpha: 0.05, against: "each" });
