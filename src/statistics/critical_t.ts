import { studentTail } from "./student_tail.ts";

const MAX_STEPS = 40;

/**
 * The t whose one-sided p is `alpha`, to 1e-10 relative.
 *
 * @param alpha Level in (0, ½).
 * @param df Degrees of freedom above 0.
 */
export function criticalT(alpha: number, df: number): number {
  // Over u = df · log(1 + t²/df) the logarithm of p is almost a straight line, so that secants meet it in a few steps.
  const goal = Math.log(alpha);
  let u = Math.max(1e-3, -2 * (goal + Math.LN2));
  let last = u * 1.1 + 0.1;
  let error = Math.log(tailAt(u, df)) - goal;
  let lastError = Math.log(tailAt(last, df)) - goal;
  for (let step = 0; step < MAX_STEPS && error !== 0; step++) {
    const slope = (error - lastError) / (u - last);
    // No secant goes through a tail that is 0, next to the smallest levels.
    if (!(slope < 0 && slope > -Infinity)) break;
    const next = Math.max(u - error / slope, u / 8);
    [last, lastError, u] = [u, error, next];
    error = Math.log(tailAt(u, df)) - goal;
    if (Math.abs(u - last) <= 1e-11 * u) return root(u, df);
  }
  return error === 0 ? root(u, df) : bisect(alpha, df);
}

function root(u: number, df: number): number {
  return Math.sqrt(df * Math.expm1(u / df));
}

function tailAt(u: number, df: number): number {
  return studentTail(Math.min(Number.MAX_VALUE, root(u, df)), df);
}

/** For the levels near ½ or 0 where a secant fails. */
function bisect(alpha: number, df: number): number {
  let low = 0;
  let high = 1;
  while (studentTail(high, df) > alpha && high < 1e300) {
    low = high;
    high *= 2;
  }
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (studentTail(middle, df) > alpha) low = middle;
    else high = middle;
  }
  return high;
}
