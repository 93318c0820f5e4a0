/**
 * The Dice coefficient expected of two random selections of these sizes: 2·n₁·n₂ / (N·(n₁ + n₂)).
 *
 * @param first Units in one selection.
 * @param second Units in the other.
 * @param units Units that could be selected.
 * @returns In 0–1; null where neither selects a unit.
 * @throws {RangeError} where a selection is larger than what could be selected.
 */
export function diceByChance(first: number, second: number, units: number): number | null {
  if (!(Math.max(first, second) <= units)) {
    throw new RangeError(`Cannot expect an overlap of ${first} and ${second} units; expected ${units} at most`);
  }
  return first + second === 0 ? null : 2 * first * second / (units * (first + second));
}
