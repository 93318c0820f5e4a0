/**
 * Count, mean and sum of squared deviations of every unit over a group of images.
 * Arrays are `[units]`; the sample variance is `m2 / (n - 1)`.
 */
export interface Moments {
  /** How many images. */
  readonly n: number;
  /** Mean response of every unit. */
  readonly mean: Float32Array | Float64Array;
  /** Sum of squared deviations from the mean, of every unit. */
  readonly m2: Float32Array | Float64Array;
}

/** Moments of a group without images. */
export function emptyMoments(units: number): Moments {
  return { n: 0, mean: new Float64Array(units), m2: new Float64Array(units) };
}
