import type { Correction } from "../statistics/mod.ts";

/** A conjunction of t tests of a category against each other condition, as data; one implementation reads it. */
export interface ConjunctionDefinition {
  /** Variances apart, or pooled over both conditions. */
  readonly test: "welch" | "student";
  /** One-sided p, or two-sided p of which only units with t > 0 are kept. */
  readonly sides: 1 | 2;
  /** Over the units of the layer. */
  readonly correction: Correction;
  /** Level in (0, ½). */
  readonly alpha: number;
  /**
   * What is corrected: `each` contrast by itself, or the `largest` p of a unit over its contrasts, the p of the conjunction null
   * (Nichols et al. 2005, doi:10.1016/j.neuroimage.2004.12.005).
   */
  readonly against: "each" | "largest";
}
