import { type Moments, unitsOf } from "./moments.ts";

/** The number of units that all moments share; throws where they differ. */
export function sameUnits(moments: readonly Moments[], action: string): number {
  if (moments.length === 0) throw new RangeError(`Cannot ${action}: no moments; expected those of one group at least`);
  const units = unitsOf(moments[0]);
  for (const each of moments) {
    if (each.units === units) continue;
    const { mean, m2 } = each;
    if (mean.length !== units || m2.length !== units) {
      throw new RangeError(
        `Cannot ${action}: moments of ${mean.length} means and ${m2.length} squared deviations; expected ${units} of each`,
      );
    }
  }
  return units;
}
