/** Entropy over its largest possible value, in 0–1. */
export function normalizedEntropy(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  let entropy = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    const share = values[i] / total;
    entropy -= share * Math.log(share);
  }
  return Math.min(1, Math.max(0, entropy / Math.log(values.length)));
}

/** Gini's coefficient of values that are not negative, in 0–1. */
export function gini(values: Float64Array | Uint32Array): number {
  const sorted = values.slice().sort();
  const count = sorted.length;
  let total = 0;
  let ranked = 0;
  for (let i = 0; i < count; i++) {
    total += sorted[i];
    ranked += (i + 1) * sorted[i];
  }
  return Math.max(0, 2 * ranked / (count * total) - (count + 1) / count);
}
