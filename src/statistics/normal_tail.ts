const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** The upper tail P(Z > z) of the standard normal distribution, to 1e-13 relative for z ≥ 0. */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp(-z * z / 2) / ROOT_TWO_PI;
  if (z < 2.5) {
    // Φ(z) − ½ as a series of positive terms (DLMF 7.6.2).
    let term = z;
    let sum = z;
    for (let k = 3; term > 1e-17 * sum; k += 2) sum += term *= z * z / k;
    return 0.5 - density * sum;
  }
  // Laplace's continued fraction, from its far end; the terms needed shrink as z grows.
  let value = z;
  for (let k = Math.ceil(20 + 500 / (z * z)); k > 0; k--) value = z + k / value;
  return density / value;
}
