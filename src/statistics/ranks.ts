const BITS = 11;
const BINS = 1 << BITS;
/** Below this many values the bins cost more than comparisons. */
const MANY = 256;

/**
 * Ranks from 1, equal values sharing the mean of their ranks.
 *
 * Many values in float32 are sorted by their bits in three passes, which is several times faster than by comparison.
 *
 * @param values Finite numbers.
 */
export function ranks(values: Float64Array | Float32Array | readonly number[]): Float64Array {
  return ranksInOrder(values, ascendingOrder(values));
}

/**
 * Indices of values from the smallest to the largest.
 *
 * @param values Finite numbers.
 */
export function ascendingOrder(values: Float64Array | Float32Array | readonly number[]): Uint32Array {
  return values instanceof Float32Array && values.length >= MANY ? orderOfFloat32(values) : orderOf(values);
}

/**
 * The same ranks where the order is known, or those of some of the values among themselves.
 *
 * @param order {@linkcode ascendingOrder} of all values.
 * @param input.places Per value its place among those that are ranked; −1 where it is left out. @default all are ranked
 * @param input.count How many are ranked. @default all
 */
export function ranksInOrder(
  values: Float64Array | Float32Array | readonly number[],
  order: Uint32Array,
  { places, count = values.length }: { readonly places?: Int32Array; readonly count?: number } = {},
): Float64Array {
  const result = new Float64Array(count);
  const tied = new Uint32Array(count);
  let before = 0;
  let ties = 0;
  let last = NaN;
  const settle = (): void => {
    const rank = before + (ties + 1) / 2;
    for (let k = 0; k < ties; k++) result[tied[k]] = rank;
    before += ties;
    ties = 0;
  };
  for (let i = 0; i < order.length; i++) {
    const place = places === undefined ? order[i] : places[order[i]];
    if (place < 0) continue;
    const value = values[order[i]];
    if (value !== last) settle();
    last = value;
    tied[ties++] = place;
  }
  settle();
  return result;
}

function orderOf(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a] - values[b]);
}

/** Radix sort of keys that are ordered as the floats are: negative ones with every bit turned, others with the sign bit set. */
function orderOfFloat32(values: Float32Array): Uint32Array {
  const count = values.length;
  const bits = new Uint32Array(values.buffer, values.byteOffset, count);
  const keys = new Uint32Array(count);
  // Both zeros are equal.
  for (let i = 0; i < count; i++) keys[i] = bits[i] >>> 31 && values[i] !== 0 ? ~bits[i] : bits[i] | 0x80000000;
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  let next = new Uint32Array(count);
  const starts = new Uint32Array(BINS + 1);
  for (let shift = 0; shift < 32; shift += BITS) {
    starts.fill(0);
    for (let i = 0; i < count; i++) starts[((keys[i] >>> shift) & (BINS - 1)) + 1]++;
    for (let b = 0; b < BINS; b++) starts[b + 1] += starts[b];
    for (let i = 0; i < count; i++) next[starts[(keys[order[i]] >>> shift) & (BINS - 1)]++] = order[i];
    [order, next] = [next, order];
  }
  return order;
}
