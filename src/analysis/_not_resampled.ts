import type { Criterion } from "../localizer/mod.ts";
import type { MeasureName } from "../results/mod.ts";

/** Why a criterion that decides from single responses has no null. */
export const NOT_PERMUTED = "rank sums need every response; they are not permuted";
/** Why what such a criterion selects has no interval. */
export const NOT_RESAMPLED = "rank sums need every response; they are not resampled";

/**
 * Why a measure that rests on selecting anew in every replicate has no interval under a criterion that replicates cannot
 * decide; undefined where they can, or where the selection stays as it is.
 */
export function notResampled(
  criteria: readonly Criterion[],
  { criterion, measure }: { criterion: string; measure: MeasureName },
): string | undefined {
  if (criteria.find(({ name }) => name === criterion)?.needsResponses !== true) return undefined;
  const fixed = measure === "consistency" || measure.startsWith("strength.") ||
    (measure.startsWith("specificity.") && measure !== "specificity.exclusivity");
  return fixed ? undefined : NOT_RESAMPLED;
}
