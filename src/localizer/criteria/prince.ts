import type { Criterion } from "../criterion.ts";
import { conjunctionOf } from "./_conjunction_of.ts";

/** Pooled t tests against each other domain, corrected for any dependence between units. */
export const PRINCE: Criterion = {
  name: "prince",
  definition:
    "pooled t, two-sided p < 0.05 after Benjamini–Yekutieli over the units of the tap and t > 0, against each " +
    "other condition",
  status: "established",
  source: "Prince, Alvarez & Konkle 2024, Science Advances",
  doi: "10.1126/sciadv.adl1776",
  needsResponses: false,
  population: "units",
  exclusive: true,
  variances: "each",
  select: (input) =>
    conjunctionOf(input, { test: "student", alpha: 0.05, correction: "benjamini-yekutieli", twoSided: true }),
};
