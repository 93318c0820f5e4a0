import { conjunctionCriterion } from "./_conjunction_criterion.ts";
import type { Criterion } from "./criterion.ts";

/** The largest p of a unit that the fixed threshold lets pass, unless settings say otherwise. */
export const FIXED_THRESHOLD = 1e-4;

/** {@linkcode conjunctionFixed} at its usual threshold. */
export const CONJUNCTION_FIXED: Criterion = conjunctionFixed(FIXED_THRESHOLD);

/**
 * Selective against each other condition at once, by a threshold that is the same whatever the other units do.
 *
 * A corrected threshold is laxer where more units are selective, and laxer units are less specific and weaker. Under a fixed one
 * networks with units of equal effect agree, however many they have.
 *
 * @param alpha What a unit's largest one-sided p must stay below, in (0, ½).
 * @throws {RangeError} where `alpha` is out of range.
 */
export function conjunctionFixed(alpha: number): Criterion {
  if (!(alpha > 0 && alpha < 0.5)) {
    throw new RangeError(`Cannot select by a threshold of ${alpha}; expected a number in (0, ½)`);
  }
  return conjunctionCriterion({
    name: "conjunction-fixed",
    definition: `the largest one-sided Welch p over the contrasts with each other condition, p < ${alpha} uncorrected`,
    status: "established",
    source: "Test of the conjunction null: Nichols et al. 2005, NeuroImage; the threshold is this project's",
    doi: "10.1016/j.neuroimage.2004.12.005",
  }, { test: "welch", sides: 1, correction: "none", alpha, against: "largest" });
}
