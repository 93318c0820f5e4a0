const BITS = 11;
const BINS = 1 << BITS;
/** Below this many values the bins cost more than comparisons. */
const MANY = 256;

/** Values from the smallest to the largest. */
export interface AscendingOrder {
  /** Their indices, `[values]`. */
  readonly order: Uint32Array;
  /** Where values are equal: the first place in the order and the one behind the last, `[runs, 2]`. */
  readonly ties: Uint32Array;
}

/**
 * Ranks from 1, equal values sharing the mean of their ranks.
 *
 * @param values Finite numbers.
 */
export function ranks(values: Float64Array | Float32Array | readonly number[]): Float64Array {
  return ranksInOrder(ascendingOrder(values));
}

/** Twice the ranks of values, which are whole numbers: a half or a quarter of the memory that ranks take. */
export type DoubledRanks = Uint16Array | Uint32Array;

/**
 * Twice the ranks.
 *
 * @param values Finite numbers.
 */
export function doubledRanks(values: Float64Array | Float32Array | readonly number[]): DoubledRanks {
  const own = ranks(values);
  const doubled = 2 * own.length < 2 ** 16 ? new Uint16Array(own.length) : new Uint32Array(own.length);
  for (let i = 0; i < own.length; i++) doubled[i] = 2 * own[i];
  return doubled;
}

/**
 * Sorts values: whole numbers, and many values in float32, digit by digit, which is several times faster than by comparison.
 *
 * @param values Finite numbers.
 */
export function ascendingOrder(values: Float64Array | Float32Array | DoubledRanks | readonly number[]): AscendingOrder {
  if (values instanceof Uint16Array || values instanceof Uint32Array) return sortByDigits(new Uint32Array(values));
  return values instanceof Float32Array && values.length >= MANY ? orderOfFloat32(values) : orderOf(values);
}

/**
 * Ranks of values in a known order, or of some of them among themselves.
 *
 * @param ascending {@linkcode ascendingOrder} of all values.
 * @param input.places Per value its place among those that are ranked; −1 where it is left out. @default all are ranked
 * @param input.count How many are ranked. @default all
 */
export function ranksInOrder(
  ascending: AscendingOrder,
  { places, count = ascending.order.length }: { readonly places?: Int32Array; readonly count?: number } = {},
): Float64Array {
  const { order, ties } = ascending;
  const result = new Float64Array(count);
  let rank = 0;
  for (let i = 0; i < order.length; i++) {
    const place = places === undefined ? order[i] : places[order[i]];
    if (place >= 0) result[place] = ++rank;
  }
  for (let run = 0; run < ties.length; run += 2) {
    let sum = 0;
    let tied = 0;
    for (let i = ties[run]; i < ties[run + 1]; i++) {
      const place = places === undefined ? order[i] : places[order[i]];
      if (place < 0) continue;
      sum += result[place];
      tied++;
    }
    if (tied < 2) continue;
    for (let i = ties[run]; i < ties[run + 1]; i++) {
      const place = places === undefined ? order[i] : places[order[i]];
      if (place >= 0) result[place] = sum / tied;
    }
  }
  return result;
}

/** An order and its ties, of values in that order. */
function withTies(order: Uint32Array, sorted: ArrayLike<number>): AscendingOrder {
  const ties: number[] = [];
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to > from + 1) ties.push(from, to);
    from = to;
  }
  return { order, ties: Uint32Array.from(ties) };
}

function orderOf(values: ArrayLike<number>): AscendingOrder {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a] - values[b]);
  return withTies(order, Float64Array.from(order, (i) => values[i]));
}

/** Sorts keys that are ordered as the floats are: negative ones with every bit turned, others with the sign bit set. */
function orderOfFloat32(values: Float32Array): AscendingOrder {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const keys = new Uint32Array(values.length);
  // Both zeros are equal.
  for (let i = 0; i < keys.length; i++) keys[i] = bits[i] >>> 31 && values[i] !== 0 ? ~bits[i] : bits[i] | 0x80000000;
  return sortByDigits(keys);
}

/** Radix sort, as many passes as the largest key has digits. */
function sortByDigits(keys: Uint32Array): AscendingOrder {
  const count = keys.length;
  const order = new Uint32Array(count);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    order[i] = i;
    if (keys[i] > largest) largest = keys[i];
  }
  let sorted: KeyedOrder = { order, keys };
  let next: KeyedOrder = { order: new Uint32Array(count), keys: new Uint32Array(count) };
  for (let shift = 0; shift < 32 && largest >>> shift > 0; shift += BITS) {
    sortByDigit(sorted, next, shift);
    [sorted, next] = [next, sorted];
  }
  return withTies(sorted.order, sorted.keys);
}

/** An order, and the whole numbers that it is by. */
interface KeyedOrder {
  readonly order: Uint32Array;
  readonly keys: Uint32Array;
}

/** Sorts by some bits of the keys; what is equal in them keeps its order. */
function sortByDigit({ order, keys }: KeyedOrder, into: KeyedOrder, shift: number): void {
  const starts = new Uint32Array(BINS + 1);
  for (let i = 0; i < keys.length; i++) starts[((keys[i] >>> shift) & (BINS - 1)) + 1]++;
  for (let bin = 0; bin < BINS; bin++) starts[bin + 1] += starts[bin];
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const place = starts[(key >>> shift) & (BINS - 1)]++;
    into.keys[place] = key;
    into.order[place] = order[i];
  }
}
