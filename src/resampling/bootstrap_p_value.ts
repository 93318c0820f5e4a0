import { oneSidedP } from "../localizer/mod.ts";
import { studentQuantile } from "./student_quantile.ts";

/** With fewer replicates beyond zero than these, their count says too little of how unlikely zero is. */
const TAIL = 10;
/** The least that is told of a p value. */
const LEAST = 1e-300;

/**
 * The two-sided p value that a difference is zero, from replicates around it.
 *
 * With degrees of freedom it is one minus the level at which the percentile interval of the same replicates just touches
 * zero, so that p and interval agree. Where fewer than 10 replicates lie beyond zero, a count can say no more than that p is
 * small, and no p of 1,000 replicates would survive a correction over many tests: there Student's tail goes on from the tenth
 * outermost replicate on zero's side, scaled to pass through it. Student's and not the normal one, because with few seeds or
 * images the normal tail would make p far too small.
 *
 * Without degrees of freedom, and where the replicates have no spread, it is twice the smaller share on either side of zero,
 * with one added to both counts.
 *
 * @param replicates The difference in each replicate, finite; with degrees of freedom their mean is the difference.
 * @param degrees Degrees of freedom of the replicates' tail, above 0.
 * @returns A probability in (0, 1].
 * @throws {RangeError} If a replicate is NaN, which would stand on neither side, or there are no degrees of freedom.
 */
export function bootstrapPValue(replicates: ArrayLike<number>, degrees?: number): number {
  if (degrees !== undefined && !(degrees > 0)) {
    throw new RangeError(`Cannot compute a p value: found ${degrees} degrees of freedom; expected more than 0`);
  }
  const count = replicates.length;
  let below = 0;
  let above = 0;
  let mean = 0;
  for (let i = 0; i < count; i++) {
    if (Number.isNaN(replicates[i])) throw new RangeError("Cannot compute a p value: found NaN; expected a number");
    if (replicates[i] <= 0) below++;
    if (replicates[i] >= 0) above++;
    mean += replicates[i] / count;
  }
  const counted = Math.min(1, (2 * (Math.min(below, above) + 1)) / (count + 1));
  if (degrees === undefined || count < 2 * TAIL || mean === 0) return counted;
  // Turned so that zero lies at the low end.
  const ascending = Float64Array.from(replicates, (value) => (mean > 0 ? value : -value)).sort();
  const beyond = mean > 0 ? below : above;
  if (beyond === count) return 1;
  if (beyond >= TAIL) {
    const [low, high] = [ascending[beyond - 1], ascending[beyond]];
    return Math.min(1, (2 * (beyond - 1 - low / (high - low))) / (count - 1));
  }
  const reach = Math.abs(mean) - ascending[TAIL - 1];
  if (!(reach > 1e-12 * Math.abs(mean))) return counted;
  const scale = reach / studentQuantile(1 - (TAIL - 1) / (count - 1), degrees);
  return Math.max(LEAST, 2 * oneSidedP(Math.abs(mean) / scale, degrees));
}
