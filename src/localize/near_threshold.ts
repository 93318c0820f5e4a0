import { atLevel, type Criterion } from "../criteria/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import type { Halves } from "./layer_evaluator.ts";

/** How far the level is moved, up and down, as a share of it: more than rounding moves p where images are not very few. */
export const NEAR = 0.01;

/**
 * Counts the units near the threshold of a criterion: those that it would decide about otherwise if its level were 1 % higher
 * or lower. Rounding, which differs between devices, can decide about them.
 *
 * @returns One per target, averaged over the halves; null where the criterion is no conjunction of t tests.
 */
export function nearThreshold(halves: Halves, criterion: Criterion): number[] | null {
  const [more, less] = [atLevel(criterion, 1 + NEAR), atLevel(criterion, 1 - NEAR)];
  if (more === null || less === null) return null;
  const counts = halves.map((half) => {
    // A higher level selects all that a lower one does.
    const [most, least] = [half.select(more), half.select(less)];
    half.forget(more);
    half.forget(less);
    return most.map(({ units }, t) => units.length - least[t].units.length);
  });
  return counts[0].map((_, t) => meanOf(counts.map((half) => half[t]))!);
}
