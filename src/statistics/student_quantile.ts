import { criticalT } from "./critical_t.ts";

/**
 * A quantile of Student's t, from its exact tail.
 *
 * @param p A probability in (0, 1).
 * @param degrees Degrees of freedom, above 0.
 * @throws {RangeError} If `p` is not in (0, 1) or there are no degrees of freedom.
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1 && degrees > 0)) {
    throw new RangeError(
      `Cannot compute a quantile of t: found p = ${p} and ${degrees} degrees of freedom; expected p in (0, 1) and more than 0`,
    );
  }
  if (p === 0.5) return 0;
  return p < 0.5 ? -criticalT(p, degrees) : criticalT(1 - p, degrees);
}
