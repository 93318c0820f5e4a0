import { sameUnits } from "./same_units.ts";
import type { Moments } from "./moments.ts";

/**
 * How many units have no variance in any of the groups.
 *
 * With the moments of two conditions, the units that are dead for their contrast; with those of all, the units that are dead
 * altogether.
 *
 * @param moments One per group, `[units]` each; none is looked at again when the next one is asked for.
 * @throws {RangeError} where there is no group or they differ in their units.
 */
export function deadUnits(moments: Iterable<Moments>): number {
  let first: Moments | undefined;
  let alive = new Uint8Array(0);
  for (const group of moments) {
    if (first === undefined) alive = new Uint8Array(group.mean.length);
    first ??= group;
    const units = sameUnits([first, group], "count dead units");
    if (group.n > 1) { for (let i = 0; i < units; i++) if (group.m2[i] > 0) alive[i] = 1; }
  }
  if (first === undefined) sameUnits([], "count dead units");
  let dead = 0;
  for (let i = 0; i < alive.length; i++) dead += 1 - alive[i];
  return dead;
}
