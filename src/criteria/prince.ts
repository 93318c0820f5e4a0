import { conjunctionCriterion } from "./_conjunction_criterion.ts";

/** Pooled t tests against each other domain, corrected for any dependence between units. */
export const PRINCE = conjunctionCriterion({
  name: "prince",
  definition:
    "pooled t, two-sided p < 0.05 after Benjamini–Yekutieli over the units of the layer and t > 0, against each " +
    "other condition",
  status: "established",
  source: "Prince, Alvarez & Konkle 2024, Science Advances",
  doi: "10.1126/sciadv.adl1776",
}, { test: "student", sides: 2, correction: "benjamini-yekutieli", alpha: 0.05, against: "each" });
