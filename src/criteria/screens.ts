import type { Moments, Screen, Screened } from "../statistics/mod.ts";
import { Contrast } from "./_candidates.ts";
import type { ConjunctionDefinition } from "./conjunction_definition.ts";

/** A conjunction over the largest p, and the condition that it is for, as far as they say which units may be selected. */
export interface ScreenedConjunction extends Pick<ConjunctionDefinition, "test" | "sides" | "alpha"> {
  /** Index of the condition. */
  readonly target: number;
}

/** Units that a conjunction may select, or one of a lower level; null where a test among its contrasts cannot be made. */
export interface ScreenedUnits extends ScreenedConjunction {
  /** With the moments of the target and of every condition that it is compared with. */
  readonly screened: Screened | null;
}

/** What t² of a unit has to reach; null where one of the tests cannot be made. */
export function screenOf(
  counts: readonly Pick<Moments, "n">[],
  others: readonly number[],
  { target, test, sides, alpha }: ScreenedConjunction,
): Screen | null {
  const contrasts = others.map((other) => new Contrast(counts[target], counts[other], test));
  if (contrasts.length === 0 || contrasts.some(({ testable }) => !testable)) return null;
  return {
    condition: target,
    above: sides === 1,
    tests: contrasts.map((contrast, i) => ({
      other: others[i],
      scales: [contrast.scaleA, contrast.scaleB],
      leastSquare: contrast.leastSquare(alpha / sides),
    })),
  };
}

/** The conditions that have images, but for `target`. */
export function otherConditions(moments: readonly Pick<Moments, "n">[], target: number): number[] {
  return moments.flatMap(({ n }, k) => k !== target && n > 0 ? [k] : []);
}
