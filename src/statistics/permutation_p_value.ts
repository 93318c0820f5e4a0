/**
 * The one-sided p value of an observed statistic against a resampled null, with the observation counted among the null
 * so that p is never 0 and the test never too liberal (Phipson & Smyth 2010, doi:10.2202/1544-6115.1585).
 *
 * @param observed The statistic on the data as they are.
 * @param nulls The statistic under each permutation, finite.
 * @returns The share of the null at or above the observation, in (0, 1].
 * @throws {RangeError} If the observation is NaN, which no null would reach.
 */
export function permutationPValue(observed: number, nulls: ArrayLike<number>): number {
  if (Number.isNaN(observed)) throw new RangeError("Cannot compute a p value: found NaN; expected a number");
  let reached = 0;
  for (let i = 0; i < nulls.length; i++) if (nulls[i] >= observed) reached++;
  return (reached + 1) / (nulls.length + 1);
}
