import { type ComparisonResult, isWidthless, type Verdict } from "../results/browser.ts";

/** What a verdict is made from. */
export type Evidence = Pick<
  ComparisonResult,
  "inference" | "interval" | "difference" | "pValue" | "equivalenceP" | "valueA" | "valueB" | "entries"
>;

/** Why an average over too few layers and categories settles nothing. */
export const TOO_FEW_ENTRIES = "fewer than half of the layers and categories can be compared";

/** Whether fewer than half of what would be averaged could be. */
export function hasTooFewEntries({ entries }: Pick<ComparisonResult, "entries">): boolean {
  return entries !== undefined && entries.used < entries.of / 2;
}

/**
 * What a row says of a claimed direction.
 *
 * Of families: it holds where p is at most α with the claimed sign, and fails with the other; where neither, the families are
 * equivalent if the two one-sided tests against the smallest effect of interest say so. Of a few networks: the measure is higher or
 * lower in the second. Else inconclusive, as where the interval has no width or too few layers and categories are averaged.
 *
 * @param sign The claimed sign.
 * @param alpha The level of the tests.
 */
export function verdictOf(row: Evidence, { sign, alpha }: { readonly sign: 1 | -1; readonly alpha: number }): Verdict {
  const { interval, difference, pValue, equivalenceP, valueA, valueB } = row;
  if (interval === null || difference === null) return "not tested";
  if (hasTooFewEntries(row) || isWidthless(interval, [valueA, valueB]) || pValue === null) return "inconclusive";
  const families = row.inference === "families";
  if (pValue <= alpha) {
    if (!families) return difference > 0 ? "higher" : "lower";
    return difference * sign > 0 ? "holds" : "fails";
  }
  return families && equivalenceP !== null && equivalenceP <= alpha ? "equivalent" : "inconclusive";
}
