/**
 * Pearson's correlation.
 *
 * @returns In −1…1; null where a side is constant or there are fewer than two pairs.
 * @throws {RangeError} where the two differ in length.
 */
export function pearson(a: Float64Array, b: Float64Array): number | null {
  if (a.length !== b.length) {
    throw new RangeError(`Cannot correlate ${a.length} with ${b.length} values; expected as many`);
  }
  const count = a.length;
  if (count < 2) return null;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < count; i++) {
    meanA += a[i];
    meanB += b[i];
  }
  meanA /= count;
  meanB /= count;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  for (let i = 0; i < count; i++) {
    const x = a[i] - meanA;
    const y = b[i] - meanB;
    squaresA += x * x;
    squaresB += y * y;
    products += x * y;
  }
  const size = Math.sqrt(squaresA) * Math.sqrt(squaresB);
  return size > 0 && Number.isFinite(size) ? Math.max(-1, Math.min(1, products / size)) : null;
}
