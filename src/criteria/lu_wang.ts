import { conjunctionCriterion } from "./_conjunction_criterion.ts";

/** A reading of the paper that Fusiform tests; its own threshold and correction are not known here. */
export const LU_WANG = conjunctionCriterion({
  name: "lu-wang",
  definition:
    "Welch t, one-sided p < 0.05 uncorrected, against each other condition, scrambled places and words among " +
    "them; provisional: the paper's own test, threshold and correction could not be verified",
  status: "provisional",
  source: "Lu & Wang 2025, arXiv:2502.16456, as far as its abstracts tell",
  doi: "10.48550/arXiv.2502.16456",
  usesDerived: true,
}, { test: "welch", sides: 1, correction: "none", alpha: 0.05, against: "largest" });
