/**
 * Holm's step-down correction (Holm 1979), which keeps the chance of any false claim over the family under the level
 * whatever the dependence between its members.
 *
 * @param pValues p values in [0, 1]; null stands for a member that was not tested and does not count.
 * @returns Corrected p values in the order given.
 * @throws {RangeError} If a p value is NaN or outside 0–1.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  for (const p of pValues) {
    if (p !== null && !(p >= 0 && p <= 1)) {
      throw new RangeError(`Cannot correct p values: found ${p}; expected numbers from 0 to 1`);
    }
  }
  const tested = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p);
  const corrected: (number | null)[] = pValues.map(() => null);
  let running = 0;
  tested.forEach(({ p, index }, rank) => {
    running = Math.max(running, Math.min(1, p * (tested.length - rank)));
    corrected[index] = running;
  });
  return corrected;
}
