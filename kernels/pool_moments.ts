// Moments of groups of images put together, two units at a time, by the pairwise update of Chan, Golub & LeVeque.

/**
 * Pools groups of the same kind.
 *
 * @param groups Per group the means of the units, then their sums of squared deviations.
 * @param count How many groups.
 * @param units How many units, a multiple of 2.
 * @param weights Per group, float64, its share of the images so far, and how much a squared difference from their mean adds.
 * @param mean Where the means go, float64; the sums of squared deviations come after them.
 */
@inline
function pool<T>(groups: usize, count: usize, units: usize, weights: usize, mean: usize): void {
  const row = units * sizeof<T>();
  for (let i: usize = 0; i < units; i += 2) {
    let at = groups + i * sizeof<T>();
    let means = two<T>(at);
    let squares = two<T>(at + row);
    for (let group: usize = 1; group < count; group++) {
      at += 2 * row;
      const difference = f64x2.sub(two<T>(at), means);
      means = f64x2.add(means, f64x2.mul(difference, v128.load64_splat(weights + (group << 4))));
      const between = f64x2.mul(f64x2.mul(difference, difference), v128.load64_splat(weights + (group << 4) + 8));
      squares = f64x2.add(squares, f64x2.add(two<T>(at + row), between));
    }
    v128.store(mean + (i << 3), means);
    v128.store(mean + ((units + i) << 3), squares);
  }
}

/** Groups in float32. */
export function pool32(groups: usize, count: usize, units: usize, weights: usize, mean: usize): void {
  pool<f32>(groups, count, units, weights, mean);
}

/** Groups in float64. */
export function pool64(groups: usize, count: usize, units: usize, weights: usize, mean: usize): void {
  pool<f64>(groups, count, units, weights, mean);
}

@inline
function two<T>(at: usize): v128 {
  if (sizeof<T>() == 4) return f64x2.promote_low_f32x4(v128.load64_zero(at));
  return v128.load(at);
}
