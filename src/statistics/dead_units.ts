import { sameUnits } from "./same_units.ts";
import type { Moments } from "./moments.ts";

/**
 * How many units have no variance in any of the groups.
 *
 * With the moments of two conditions, the units that are dead for their contrast; with those of all, the units that are dead
 * altogether.
 *
 * @param moments One per group, `[units]` each.
 * @throws {RangeError} where there is no group or they differ in their units.
 */
export function deadUnits(moments: readonly Moments[]): number {
  const units = sameUnits(moments, "count dead units");
  let dead = 0;
  for (let i = 0; i < units; i++) {
    let alive = false;
    for (let k = 0; k < moments.length && !alive; k++) alive = moments[k].n > 1 && moments[k].m2[i] > 0;
    if (!alive) dead++;
  }
  return dead;
}
