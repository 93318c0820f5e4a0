import type { Bounds } from "./estimate.ts";

/** Why a comparison whose every resample gives the same number settles nothing. */
export const WIDTHLESS = "every resample gives the same number, so that the interval has no width";

/** Widths below this share of the numbers are rounding. */
const ROUNDING = 1e-12;

/**
 * Whether an interval has no width but that of rounding: it then says nothing of the uncertainty, and excludes zero for any
 * difference at all.
 *
 * @param interval Lower and upper bound.
 * @param values The numbers that the interval's own was made of, which set the scale of rounding.
 */
export function isWidthless([low, high]: Bounds, values: readonly (number | null)[] = []): boolean {
  const scale = Math.max(...[low, high, ...values].map((value) => Math.abs(value ?? 0)));
  return high - low <= ROUNDING * scale;
}
