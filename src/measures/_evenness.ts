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
  const count = values.length;
  const { total, ranked } = values instanceof Uint32Array ? rankCounts(values) : rankCells(values);
  return Math.max(0, 2 * ranked / (count * total) - (count + 1) / count);
}

/** The sum of values, and that of each value times its rank from 1. */
interface Ranked {
  readonly total: number;
  readonly ranked: number;
}

/** Cells of a map are at most so many; they are put in order by insertion. */
const FEW = new Float64Array(16);

function rankCells(values: Float64Array): Ranked {
  return rankSorted(values.length <= FEW.length ? insertInOrder(values) : values.slice().sort(), values.length);
}

function rankSorted(sorted: ArrayLike<number>, count: number): Ranked {
  let total = 0;
  let ranked = 0;
  for (let i = 0; i < count; i++) {
    total += sorted[i];
    ranked += (i + 1) * sorted[i];
  }
  return { total, ranked };
}

function insertInOrder(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    let at = i;
    for (; at > 0 && FEW[at - 1] > value; at--) FEW[at] = FEW[at - 1];
    FEW[at] = value;
  }
  return FEW;
}

/** How often each count occurs; begins and ends at 0. */
let occurrences = new Uint32Array(64);
/** Larger counts, for the number of values, are sorted. */
const MOST_PER_VALUE = 8;

/** Counts that are not large need no sorting: equal ones share the mean of their ranks. */
function rankCounts(values: Uint32Array): Ranked {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  if (most > MOST_PER_VALUE * values.length) return rankSorted(values.slice().sort(), values.length);
  if (occurrences.length <= most) occurrences = new Uint32Array(2 * most);
  for (let i = 0; i < values.length; i++) occurrences[values[i]]++;
  let total = 0;
  let ranked = 0;
  for (let value = 0, before = 0; value <= most; value++) {
    const count = occurrences[value];
    occurrences[value] = 0;
    total += count * value;
    ranked += value * (count * before + count * (count + 1) / 2);
    before += count;
  }
  return { total, ranked };
}
