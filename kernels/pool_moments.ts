// Moments of groups of images put together, four units at a time, by the pairwise update of Chan, Golub & LeVeque; and the units
// that t tests may select among them.

/**
 * Pools groups of the same kind.
 *
 * @param groups Per group, uint32, where the means of its units are, and their sums of squared deviations.
 * @param count How many groups.
 * @param units How many units, a multiple of 4.
 * @param weights Per group, float64, its share of the images so far, and how much a squared difference from their mean adds.
 * @param scale What the sums of squared deviations are multiplied by.
 * @param mean Where the means go, float64.
 * @param m2 Where the sums of squared deviations go, float64.
 */
@inline
function pool<T>(
  groups: usize,
  count: usize,
  units: usize,
  weights: usize,
  scale: f64,
  mean: usize,
  m2: usize,
): void {
  const factor = f64x2.splat(scale);
  const pair = 2 * sizeof<T>();
  for (let i: usize = 0; i < units; i += 4) {
    const place = i * sizeof<T>();
    let at = load<u32>(groups) + place;
    let means = two<T>(at);
    let moreMeans = two<T>(at + pair);
    at = load<u32>(groups + 4) + place;
    let squares = two<T>(at);
    let moreSquares = two<T>(at + pair);
    for (let group: usize = 1; group < count; group++) {
      const row = groups + (group << 3);
      const share = v128.load64_splat(weights + (group << 4));
      const between = v128.load64_splat(weights + (group << 4) + 8);
      at = load<u32>(row) + place;
      const difference = f64x2.sub(two<T>(at), means);
      const moreDifference = f64x2.sub(two<T>(at + pair), moreMeans);
      means = f64x2.add(means, f64x2.mul(difference, share));
      moreMeans = f64x2.add(moreMeans, f64x2.mul(moreDifference, share));
      at = load<u32>(row + 4) + place;
      squares = f64x2.add(
        squares,
        f64x2.add(two<T>(at), f64x2.mul(f64x2.mul(difference, difference), between)),
      );
      moreSquares = f64x2.add(
        moreSquares,
        f64x2.add(two<T>(at + pair), f64x2.mul(f64x2.mul(moreDifference, moreDifference), between)),
      );
    }
    v128.store(mean + (i << 3), means);
    v128.store(mean + (i << 3) + 16, moreMeans);
    v128.store(m2 + (i << 3), f64x2.mul(squares, factor));
    v128.store(m2 + (i << 3) + 16, f64x2.mul(moreSquares, factor));
  }
}

/** Groups in float32. */
export function pool32(
  groups: usize,
  count: usize,
  units: usize,
  weights: usize,
  scale: f64,
  mean: usize,
  m2: usize,
): void {
  pool<f32>(groups, count, units, weights, scale, mean, m2);
}

/** Groups in float64. */
export function pool64(
  groups: usize,
  count: usize,
  units: usize,
  weights: usize,
  scale: f64,
  mean: usize,
  m2: usize,
): void {
  pool<f64>(groups, count, units, weights, scale, mean, m2);
}

@inline
function two<T>(at: usize): v128 {
  if (sizeof<T>() == 4) return f64x2.promote_low_f32x4(v128.load64_zero(at));
  return v128.load(at);
}

/**
 * The second largest mean of every unit over conditions.
 *
 * @param conditions Per condition, uint32, where its means are.
 * @param count How many conditions, at least 2.
 * @param units How many units; memory is read and written up to the next multiple of 2.
 * @param second Where the means go, float64.
 */
export function secondLargest(conditions: usize, count: usize, units: usize, second: usize): void {
  const last = conditions + (count << 2);
  for (let place: usize = 0; place < units << 3; place += 16) {
    let most = v128.load(load<u32>(conditions) + place);
    let next = f64x2.splat(-Infinity);
    for (let condition = conditions + 4; condition < last; condition += 4) {
      const mean = v128.load(load<u32>(condition) + place);
      // pmax(a, b) is a where either is no number.
      next = f64x2.pmax(next, f64x2.pmin(most, mean));
      most = f64x2.pmax(most, mean);
    }
    v128.store(second + place, next);
  }
}

/**
 * Finds the units of which t² against each of some conditions is large enough, and, where `second` is given, the mean above each.
 *
 * @param mean Means of the condition that units are looked for, float64.
 * @param m2 Its sums of squared deviations.
 * @param units How many units; memory is read up to the next multiple of 2.
 * @param tests Per test, where the means and the sums of squared deviations of the other condition are, uint32, then float64 what
 * each sum is multiplied by to be a squared error of the mean (the first condition's first), and the least t².
 * @param count How many tests.
 * @param second The second largest mean over all these conditions, float64; 0 where the mean need not be the largest.
 * @param scale The least that the first condition's sums are multiplied by in a test.
 * @param leastSquare The least t² of all tests.
 * @param found Where the units go, uint32, ascending.
 * @returns How many were found.
 */
export function screen(
  mean: usize,
  m2: usize,
  units: usize,
  tests: usize,
  count: usize,
  second: usize,
  scale: f64,
  leastSquare: f64,
  found: usize,
): usize {
  const zero = f64x2.splat(0);
  const all = i64x2.splat(-1);
  const scales = f64x2.splat(scale);
  const leastSquares = f64x2.splat(leastSquare);
  const last = tests + (count << 5);
  let end = found;
  for (let i: usize = 0; i < units; i += 2) {
    const place = i << 3;
    const means = v128.load(mean + place);
    // What is not above 0, or no number, counts as 0.
    const squares = f64x2.pmax(zero, v128.load(m2 + place));
    let passing = all;
    if (second) {
      // By how much the mean leads, beside its own error alone: most units end here.
      const lead = f64x2.sub(means, v128.load(second + place));
      passing = v128.and(
        f64x2.gt(lead, zero),
        f64x2.ge(f64x2.mul(lead, lead), f64x2.mul(leastSquares, f64x2.mul(squares, scales))),
      );
      if (!v128.any_true(passing)) continue;
    }
    for (let test = tests; test < last; test += 32) {
      const others = f64x2.pmax(zero, v128.load(load<u32>(test + 4) + place));
      const error = f64x2.add(
        f64x2.mul(squares, v128.load64_splat(test + 8)),
        f64x2.mul(others, v128.load64_splat(test + 16)),
      );
      const difference = f64x2.sub(means, v128.load(load<u32>(test) + place));
      passing = v128.and(
        passing,
        v128.and(
          f64x2.ge(f64x2.mul(difference, difference), f64x2.mul(v128.load64_splat(test + 24), error)),
          f64x2.gt(error, zero),
        ),
      );
      if (!v128.any_true(passing)) break;
    }
    if (!v128.any_true(passing)) continue;
    if (i64x2.extract_lane(passing, 0)) {
      store<u32>(end, <u32> i);
      end += 4;
    }
    if (i64x2.extract_lane(passing, 1) && i + 1 < units) {
      store<u32>(end, <u32> (i + 1));
      end += 4;
    }
  }
  return (end - found) >> 2;
}
