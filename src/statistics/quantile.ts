/**
 * A quantile by linear interpolation between order statistics (Hyndman & Fan's type 7, NumPy's default).
 *
 * @param ascending Values in ascending order, at least one.
 * @param probability In [0, 1].
 * @throws {RangeError} If there are no values.
 */
export function quantile(ascending: ArrayLike<number>, probability: number): number {
  if (ascending.length === 0) {
    throw new RangeError("Cannot take a quantile: found no values; expected at least one");
  }
  const position = Math.min(Math.max(probability, 0), 1) * (ascending.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, ascending.length - 1);
  return ascending[low] + (ascending[high] - ascending[low]) * (position - low);
}
