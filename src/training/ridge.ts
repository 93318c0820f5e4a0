/** A linear map from standardized inputs to outputs. */
export interface RidgeFit {
  /** Of each input, `[inputs]`. */
  readonly mean: Float64Array;
  /** Standard deviation of each input; 1 where it does not vary. */
  readonly deviation: Float64Array;
  /** `[outputs][inputs]`. */
  readonly weights: readonly Float64Array[];
  /** `[outputs]`. */
  readonly intercept: Float64Array;
}

/** The penalty on squared weights, as a share of the number of rows; inputs have variance 1. */
const PENALTY = 0.01;

/**
 * Ridge regression (Hoerl & Kennard 1970, doi:10.1080/00401706.1970.10488634) on standardized inputs, by Cholesky's
 * decomposition of the normal equations.
 *
 * @param inputs `[rows, inputs]`.
 * @param outputs `[rows, outputs]`.
 */
export function fitRidge(inputs: readonly Float32Array[], outputs: readonly ArrayLike<number>[]): RidgeFit {
  const rows = inputs.length, width = inputs[0].length, count = outputs[0].length;
  const mean = new Float64Array(width), deviation = new Float64Array(width), intercept = new Float64Array(count);
  for (const row of inputs) for (let i = 0; i < width; i++) mean[i] += row[i] / rows;
  for (const row of inputs) for (let i = 0; i < width; i++) deviation[i] += (row[i] - mean[i]) ** 2 / rows;
  for (let i = 0; i < width; i++) {
    const own = Math.sqrt(deviation[i]);
    deviation[i] = own > 1e-7 * Math.abs(mean[i]) ? own : 1;
  }
  for (const row of outputs) for (let k = 0; k < count; k++) intercept[k] += row[k] / rows;
  const square = Array.from({ length: width }, () => new Float64Array(width));
  const products = Array.from({ length: count }, () => new Float64Array(width));
  const z = new Float64Array(width);
  inputs.forEach((row, r) => {
    for (let i = 0; i < width; i++) z[i] = (row[i] - mean[i]) / deviation[i];
    for (let i = 0; i < width; i++) {
      const own = square[i], value = z[i];
      for (let j = 0; j <= i; j++) own[j] += value * z[j];
    }
    for (let k = 0; k < count; k++) {
      const value = outputs[r][k] - intercept[k], own = products[k];
      for (let i = 0; i < width; i++) own[i] += value * z[i];
    }
  });
  for (let i = 0; i < width; i++) square[i][i] += PENALTY * rows;
  decompose(square);
  return { mean, deviation, intercept, weights: products.map((product) => solve(square, product)) };
}

/** The outputs for one row of inputs, `[outputs]`. */
export function predictRidge({ mean, deviation, weights, intercept }: RidgeFit, row: ArrayLike<number>): number[] {
  return weights.map((own, k) =>
    own.reduce((sum, weight, i) => sum + weight * (row[i] - mean[i]) / deviation[i], intercept[k])
  );
}

/** Cholesky's factor in the lower triangle, in place. */
function decompose(matrix: readonly Float64Array[]): void {
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k++) sum -= matrix[i][k] * matrix[j][k];
      matrix[i][j] = i === j ? Math.sqrt(sum) : sum / matrix[j][j];
    }
  }
}

/** Solves for a right-hand side with the factor of {@linkcode decompose}. */
function solve(factor: readonly Float64Array[], product: Float64Array): Float64Array {
  const size = factor.length, x = Float64Array.from(product);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i][k] * x[k];
    x[i] /= factor[i][i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= factor[k][i] * x[k];
    x[i] /= factor[i][i];
  }
  return x;
}
