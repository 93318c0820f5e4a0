/** Values with what their correlations need of them alone. */
export interface Correlated {
  /** The values. */
  readonly values: Float64Array;
  /** Their mean. */
  readonly mean: number;
  /** Root of the sum of squared deviations from the mean. */
  readonly size: number;
}

/** What correlations of values need of them alone, for values that are correlated with several others. */
export function correlated(values: Float64Array): Correlated {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i];
  mean /= values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i] - mean;
    squares += deviation * deviation;
  }
  return { values, mean, size: Math.sqrt(squares) };
}

/**
 * Pearson's correlation of values that were prepared for it.
 *
 * @returns In −1…1; null where a side is constant or there are fewer than two pairs.
 * @throws {RangeError} where the two differ in length.
 */
export function correlationOf(a: Correlated, b: Correlated): number | null {
  const count = a.values.length;
  if (count !== b.values.length) {
    throw new RangeError(`Cannot correlate ${count} with ${b.values.length} values; expected as many`);
  }
  if (count < 2) return null;
  const { values: left, mean: meanA } = a;
  const { values: right, mean: meanB } = b;
  let products = 0;
  for (let i = 0; i < count; i++) products += (left[i] - meanA) * (right[i] - meanB);
  const size = a.size * b.size;
  return size > 0 && Number.isFinite(size) ? Math.max(-1, Math.min(1, products / size)) : null;
}

/**
 * Pearson's correlation.
 *
 * @returns In −1…1; null where a side is constant or there are fewer than two pairs.
 * @throws {RangeError} where the two differ in length.
 */
export function pearson(a: Float64Array, b: Float64Array): number | null {
  return correlationOf(correlated(a), correlated(b));
}
