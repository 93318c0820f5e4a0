/** How PyTorch's bicubic interpolation is asked for. */
export interface Resampling {
  /** Rows and columns of the square grid that is there, and of the one that is wanted. */
  readonly from: number;
  readonly to: number;
  /** Whether a smaller grid is made of averages over a wider neighbourhood (`antialias=True`). */
  readonly antialias: boolean;
  /** Added to `to` where the ratio of the grids is computed, as `scale_factor=(to + offset) / from` does. */
  readonly offset?: number;
}

/**
 * Interpolates a square grid of vectors, `[from², dimensions]`, to `[to², dimensions]`, as PyTorch's
 * `interpolate(mode="bicubic")` does.
 */
export function resamplePositions(values: Float32Array, dimensions: number, resampling: Resampling): Float32Array {
  const { from, to } = resampling;
  const weights = bicubicWeights(resampling);
  const rows = new Float64Array(to * from * dimensions);
  accumulate(values, rows, weights, { ...resampling, outer: 1, inner: from * dimensions });
  const result = new Float64Array(to * to * dimensions);
  accumulate(rows, result, weights, { ...resampling, outer: to, inner: dimensions });
  return Float32Array.from(result);
}

/** `target[o, i, …] += Σ_j weights[i, j] · source[o, j, …]`. */
function accumulate(
  source: ArrayLike<number>,
  target: Float64Array,
  weights: Float64Array,
  { from, to, outer, inner }: { from: number; to: number; outer: number; inner: number },
): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < to; i++) {
      const into = (o * to + i) * inner;
      for (let j = 0; j < from; j++) {
        const weight = weights[i * from + j], start = (o * from + j) * inner;
        if (weight === 0) continue;
        for (let k = 0; k < inner; k++) target[into + k] += weight * source[start + k];
      }
    }
  }
}

/** What each place of one axis takes from each place that is there, `[to, from]`. */
function bicubicWeights({ from, to, antialias, offset = 0 }: Resampling): Float64Array {
  const scale = from / (to + offset);
  const weights = new Float64Array(to * from);
  const stretch = antialias ? Math.max(1, scale) : 1;
  // PyTorch has Keys' kernel with two parameters: Pillow's where it averages, OpenCV's where it does not.
  const sharpness = antialias ? -0.5 : -0.75;
  for (let i = 0; i < to; i++) {
    const centre = scale * (i + 0.5) - 0.5;
    let sum = 0;
    for (let j = Math.ceil(centre - 2 * stretch); j <= centre + 2 * stretch; j++) {
      if (antialias && (j < 0 || j >= from)) continue;
      const weight = keys((j - centre) / stretch, sharpness);
      weights[i * from + Math.min(Math.max(j, 0), from - 1)] += weight;
      sum += weight;
    }
    for (let j = 0; j < from; j++) weights[i * from + j] /= sum;
  }
  return weights;
}

/** Keys' cubic convolution kernel (1981, doi:10.1109/TASSP.1981.1163711). */
function keys(x: number, a: number): number {
  const t = Math.abs(x);
  if (t < 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
  return t < 2 ? ((a * t - 5 * a) * t + 8 * a) * t - 4 * a : 0;
}
