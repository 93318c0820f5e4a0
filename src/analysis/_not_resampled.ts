import type { Criterion } from "../localizer/mod.ts";
import type { MeasureName } from "../results/mod.ts";

/** Why a criterion that decides from single responses has no null. */
export const NOT_PERMUTED = "rank sums need every response; they are not permuted";
/** Why what such a criterion selects has no interval. */
export const NOT_RESAMPLED = "rank sums need every response; they are not resampled";

/** Why a proportion under a criterion that fixes it says nothing of a network. */
export const FIXES_PROPORTION = "the criterion fixes the proportion";
/** Why exclusivity under a criterion that is exclusive says nothing of a network. */
export const EXCLUSIVE = "the criterion cannot select a unit for two categories";

/**
 * Why a measure is the criterion's doing and not the network's, so that no test of it means anything; undefined where the
 * networks decide it. Matched selections are by the largest t, whatever the criterion.
 */
export function fixedByCriterion(
  criteria: readonly Criterion[],
  { criterion, measure, matched }: { criterion: string; measure: MeasureName; matched: boolean },
): string | undefined {
  const rule = criteria.find(({ name }) => name === criterion);
  if (matched || rule === undefined) return undefined;
  if (rule.fixesProportion && (measure === "proportion" || measure === "depthSlope")) return FIXES_PROPORTION;
  return rule.exclusive && measure === "specificity.exclusivity" ? EXCLUSIVE : undefined;
}

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
