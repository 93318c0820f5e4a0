/** The mean of the numbers that are there; null where none is. */
export function meanOf(values: ArrayLike<number | null | undefined>): number | null {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}
