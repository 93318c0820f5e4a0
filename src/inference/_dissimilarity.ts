import { RowProducts } from "../kernels/mod.ts";

/**
 * Representational dissimilarity of pairs of images: 1 − Pearson's correlation of their responses over units.
 *
 * Kriegeskorte, Mur & Bandettini 2008, doi:10.3389/neuro.06.004.2008. An image to which all units respond alike correlates with
 * nothing: its dissimilarities are 1.
 */
export class Dissimilarity {
  readonly #products = new RowProducts();

  /**
   * Compares every pair of some images.
   *
   * @param values Responses `[images, sampled]`.
   * @param input.images Rows to compare.
   * @param input.columns Units to compare over.
   * @returns The upper triangle row by row, each in 0–2.
   */
  between(
    values: Float32Array,
    { sampled, images, columns }: {
      readonly sampled: number;
      readonly images: ArrayLike<number>;
      readonly columns: ArrayLike<number>;
    },
  ): Float32Array {
    const products = this.#products.products(
      images.length,
      columns.length,
      (i, row) => standardise(values, images[i] * sampled, { columns, row }),
    );
    const pairs = new Float32Array(products.length);
    for (let i = 0; i < pairs.length; i++) pairs[i] = Math.max(0, Math.min(2, 1 - products[i]));
    return pairs;
  }
}

/** Responses to one image with mean 0 and length 1 over the units; left as they are, 0, where all are alike. */
function standardise(
  values: Float32Array,
  start: number,
  { columns, row }: { readonly columns: ArrayLike<number>; readonly row: Float64Array },
): void {
  const width = columns.length;
  let sum = 0;
  let varies = false;
  const first = values[start + columns[0]];
  for (let u = 0; u < width; u++) {
    const value = values[start + columns[u]];
    sum += value;
    if (value !== first) varies = true;
  }
  if (!varies) return;
  const mean = sum / width;
  let squares = 0;
  for (let u = 0; u < width; u++) squares += (values[start + columns[u]] - mean) ** 2;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let u = 0; u < width; u++) row[u] = (values[start + columns[u]] - mean) * scale;
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
