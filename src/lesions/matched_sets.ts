import type { Random } from "../statistics/mod.ts";

/** Live units are matched within strata of a twentieth of them, by their mean activity. */
const STRATA = 20;

/**
 * Draws sets of units that match a selection in number and mean activity: the live units are sorted by their mean activity and
 * cut into twenty strata, and each set takes as many of every stratum as the selection has there. Selected units may be drawn
 * too, so that a set is what a selection would be if it had nothing to do with categories.
 *
 * @param input.selected Indices of the selection, all among the live units.
 * @param input.live Indices of the units that vary over images, ascending.
 * @param input.activity `[units]`: each unit's mean over images.
 * @param input.sets How many to draw.
 * @returns Indices, ascending, of each set.
 */
export function matchedSets({ selected, live, activity, sets, random }: {
  readonly selected: Uint32Array;
  readonly live: Uint32Array;
  readonly activity: Float32Array | Float64Array;
  readonly sets: number;
  readonly random: Random;
}): Uint32Array[] {
  // Ties in activity stay in the order of their indices.
  const sorted = live.slice().sort((a, b) => activity[a] - activity[b] || a - b);
  const isSelected = new Set(selected);
  const strata = Array.from({ length: STRATA }, (_, k) => {
    const units = sorted.slice(Math.floor(k * live.length / STRATA), Math.floor((k + 1) * live.length / STRATA));
    return { units, wanted: units.reduce((count, unit) => count + Number(isSelected.has(unit)), 0) };
  });
  return Array.from({ length: sets }, () => {
    const drawn = new Uint32Array(selected.length);
    let at = 0;
    for (const { units, wanted } of strata) {
      for (let i = 0; i < wanted; i++) {
        const j = i + random.integer(units.length - i);
        [units[i], units[j]] = [units[j], units[i]];
        drawn[at++] = units[i];
      }
    }
    return drawn.sort();
  });
}
