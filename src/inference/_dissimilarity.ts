/**
 * Representational dissimilarity of every pair of images: 1 − Pearson's correlation of their responses over units.
 *
 * Kriegeskorte, Mur & Bandettini 2008, doi:10.3389/neuro.06.004.2008. An image to which all units respond alike correlates with
 * nothing: its dissimilarities are 1.
 *
 * @param values Responses `[images, sampled]`.
 * @param input.images Rows to compare.
 * @param input.columns Units to compare over.
 * @returns The upper triangle row by row, each in 0–2.
 */
export function dissimilarity(
  values: Float32Array,
  { sampled, images, columns }: {
    readonly sampled: number;
    readonly images: ArrayLike<number>;
    readonly columns: ArrayLike<number>;
  },
): Float32Array {
  const count = images.length;
  const width = columns.length;
  const rows = new Float64Array(count * width);
  const row = new Float64Array(width);
  for (let i = 0; i < count; i++) {
    const start = images[i] * sampled;
    let sum = 0;
    let varies = false;
    for (let u = 0; u < width; u++) {
      row[u] = values[start + columns[u]];
      sum += row[u];
      if (row[u] !== row[0]) varies = true;
    }
    if (!varies) continue;
    const mean = sum / width;
    let squares = 0;
    for (let u = 0; u < width; u++) squares += (row[u] - mean) ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let u = 0; u < width; u++) rows[i * width + u] = (row[u] - mean) * scale;
  }
  const products = new Float64Array((count * (count - 1)) / 2);
  for (let from = 0; from < width; from += BLOCK) {
    addProducts(rows, { count, width, from, to: Math.min(width, from + BLOCK) }, products);
  }
  return Float32Array.from(products, (product) => Math.max(0, Math.min(2, 1 - product)));
}

/** Columns are taken in blocks that stay in the cache while every pair of images is met. */
const BLOCK = 256;

/** Adds to each pair of rows the product over a block of columns, two rows against two at a time. */
function addProducts(
  rows: Float64Array,
  { count, width, from, to }: {
    readonly count: number;
    readonly width: number;
    readonly from: number;
    readonly to: number;
  },
  pairs: Float64Array,
): void {
  for (let i = 0; i < count; i += 2) {
    const second = i + 1 < count;
    const a = i * width;
    const b = second ? a + width : a;
    // Pair (i, j) stands at offset(i) + j.
    const offsetA = i * count - i * (i + 1) / 2 - i - 1;
    const offsetB = (i + 1) * count - (i + 1) * (i + 2) / 2 - i - 2;
    for (let j = i; j < count; j += 2) {
      const last = j + 1 >= count;
      const c = j * width;
      const d = last ? c : c + width;
      let [ac, ad, bc, bd] = [0, 0, 0, 0];
      for (let k = from; k < to; k++) {
        const x = rows[a + k];
        const y = rows[b + k];
        const z = rows[c + k];
        const w = rows[d + k];
        ac += x * z;
        ad += x * w;
        bc += y * z;
        bd += y * w;
      }
      if (j > i) {
        pairs[offsetA + j] += ac;
        if (second) pairs[offsetB + j] += bc;
      }
      if (!last) {
        pairs[offsetA + j + 1] += ad;
        if (second && j > i) pairs[offsetB + j + 1] += bd;
      }
    }
  }
}

/** The entries of an upper triangle that belong to some of its images, which are given as places, ascending. */
export function subTriangle(pairs: Float32Array, images: number, chosen: ArrayLike<number>): Float32Array {
  if (chosen.length === images) return pairs;
  const count = chosen.length;
  const sub = new Float32Array((count * (count - 1)) / 2);
  for (let i = 0, at = 0; i < count; i++) {
    const a = chosen[i];
    const offset = a * images - (a * (a + 1)) / 2 - a - 1;
    for (let j = i + 1; j < count; j++) sub[at++] = pairs[offset + chosen[j]];
  }
  return sub;
}

/**
 * Mean dissimilarity between the images of each pair of conditions.
 *
 * @param pairs Upper triangle.
 * @param condition Condition of each image.
 * @returns `[conditions][conditions]`, symmetric; null where there is no pair.
 */
export function conditionDissimilarity(
  pairs: Float32Array,
  condition: ArrayLike<number>,
  conditions: number,
): (number | null)[][] {
  const sums = new Float64Array(conditions * conditions);
  const counts = new Uint32Array(conditions * conditions);
  for (let i = 0, at = 0; i < condition.length; i++) {
    for (let j = i + 1; j < condition.length; j++, at++) {
      const cell = Math.min(condition[i], condition[j]) * conditions + Math.max(condition[i], condition[j]);
      sums[cell] += pairs[at];
      counts[cell]++;
    }
  }
  return Array.from({ length: conditions }, (_, a) =>
    Array.from({ length: conditions }, (_, b) => {
      const cell = Math.min(a, b) * conditions + Math.max(a, b);
      return counts[cell] > 0 ? sums[cell] / counts[cell] : null;
    }));
}
