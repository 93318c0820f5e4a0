import { stepUp } from "../statistics/mod.ts";
import { Candidates } from "./_candidates.ts";
import type { ConjunctionDefinition } from "./conjunction_definition.ts";

/**
 * Decides by each unit's largest p over several contrasts, corrected over the units.
 *
 * @param contrasts Of each contrast the candidates for the category above the other condition, and where p is two-sided those
 * for the other above the category.
 * @param units How many units the layer has.
 * @returns `[units]`, 1 where the largest p passes and the category exceeds every other condition.
 */
export function largestPasses(
  contrasts: readonly (readonly Candidates[])[],
  units: number,
  { alpha, correction, sides }: Pick<ConjunctionDefinition, "alpha" | "correction" | "sides">,
): Uint8Array {
  const mask = new Uint8Array(units);
  // Only units that pass every contrast uncorrected can pass.
  const { left, squares, exceeds } = inEvery(contrasts, units);
  const candidates = contrasts.map(([{ comparison }], k) => new Candidates(left, squares[k], comparison));
  const passing = (limit: number): (i: number) => boolean => {
    const tests = candidates.map((own) => own.passing(limit / sides));
    return (i) => tests.every((passes) => passes(i));
  };
  const limit = left.length === 0 ? 0 : stepUp({ tests: units, alpha, method: correction }, {
    most: left.length,
    countAtMost(p) {
      const passes = passing(p);
      let count = 0;
      for (let i = 0; i < left.length; i++) if (passes(i)) count++;
      return count;
    },
    pValues: () =>
      Float64Array.from(
        left,
        (unit, i) => sides * Math.max(...candidates.map(({ comparison, squares }) => comparison.p(unit, squares[i]))),
      ),
  });
  if (!(limit > 0)) return mask;
  const passes = passing(limit);
  for (let i = 0; i < left.length; i++) if (exceeds[i] === contrasts.length && passes(i)) mask[left[i]] = 1;
  return mask;
}

/** The units that are candidates of every contrast, their t² in each, and in how many the category exceeds. */
function inEvery(
  contrasts: readonly (readonly Candidates[])[],
  count: number,
): { left: Uint32Array; squares: Float64Array[]; exceeds: Uint32Array } {
  const passed = new Int32Array(count);
  contrasts.forEach((directions, before) => {
    for (const { units } of directions) {
      for (let i = 0; i < units.length; i++) if (passed[units[i]] === before) passed[units[i]] = before + 1;
    }
  });
  const found = new Uint32Array(count);
  let size = 0;
  for (let unit = 0; unit < count; unit++) {
    if (passed[unit] === contrasts.length) {
      passed[unit] = size;
      found[size++] = unit;
    } else passed[unit] = -1;
  }
  const exceeds = new Uint32Array(size);
  const squares = contrasts.map((directions) => {
    const kept = new Float64Array(size);
    directions.forEach((direction, side) => {
      for (let i = 0; i < direction.units.length; i++) {
        const place = passed[direction.units[i]];
        if (place < 0) continue;
        kept[place] = direction.squares[i];
        if (side === 0) exceeds[place]++;
      }
    });
    return kept;
  });
  return { left: found.slice(0, size), squares, exceeds };
}
