import { isWidthless, type Verdict } from "../results/mod.ts";

/**
 * Judges a claimed direction by an interval: it holds when the interval excludes zero in that direction, fails when it
 * excludes zero in the other, and is inconclusive otherwise, as where the interval has no width.
 *
 * @param interval Null where there is none, which leaves the claim untested.
 * @param sign The claimed sign.
 * @param values The numbers compared, which set the scale of rounding.
 */
export function verdictOf(
  interval: readonly [number, number] | null,
  sign: 1 | -1,
  values: readonly (number | null)[] = [],
): Verdict {
  if (interval === null) return "not tested";
  const [low, high] = sign === 1 ? interval : [-interval[1], -interval[0]];
  if (isWidthless([low, high], values)) return "inconclusive";
  if (low > 0) return "holds";
  return high < 0 ? "fails" : "inconclusive";
}
