import type { Criterion } from "../criterion.ts";
import { conjunctionOf } from "./_conjunction_of.ts";

/** A reading of the paper that Fusiform tests; its own threshold and correction are not known here. */
export const LU_WANG: Criterion = {
  name: "lu-wang",
  definition: "Welch t, one-sided p < 0.05 uncorrected, against each other condition; provisional: the paper's own " +
    "test, threshold and correction could not be verified",
  status: "provisional",
  source: "Lu & Wang 2025, arXiv:2502.16456, as far as its abstracts tell",
  doi: "10.48550/arXiv.2502.16456",
  needsResponses: false,
  population: "units",
  exclusive: true,
  variances: "each",
  select: (input) => conjunctionOf(input, { test: "welch", alpha: 0.05, correction: "none" }),
};
