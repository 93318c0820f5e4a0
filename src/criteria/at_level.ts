import { conjunctionCriterion } from "./_conjunction_criterion.ts";
import type { Criterion } from "./criterion.ts";

/**
 * The same criterion at another level.
 *
 * @param factor What its level is multiplied by, above 0; the level stays below ½.
 * @returns Null where the criterion is no conjunction of t tests, so that it has no one level.
 */
export function atLevel(criterion: Criterion, factor: number): Criterion | null {
  const { conjunction } = criterion;
  if (conjunction === undefined) return null;
  const alpha = Math.min(factor * conjunction.alpha, (conjunction.alpha + 0.5) / 2);
  return conjunctionCriterion(criterion, { ...conjunction, alpha });
}
