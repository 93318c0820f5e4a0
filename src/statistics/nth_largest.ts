/**
 * The nth largest of some values, by Hoare's selection (1961, doi:10.1145/366622.366647), in time that grows with their
 * number alone.
 *
 * @param values Reordered in place; none of them NaN.
 * @param n From 1 to their number.
 */
export function nthLargest(values: Float64Array, n: number): number {
  const rank = n - 1;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >>> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] > pivot) i++;
      while (values[j] < pivot) j--;
      if (i <= j) {
        const swap = values[i];
        values[i++] = values[j];
        values[j--] = swap;
      }
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank];
}
