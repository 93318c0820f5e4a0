/** Which layers of two networks correspond. */
export interface LayerAlignment {
  /** Indices of layers that met, `[first, second]`, in order of depth. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Layers of the first network that met none. */
  readonly unmatchedFirst: readonly number[];
  /** Layers of the second network that met none. */
  readonly unmatchedSecond: readonly number[];
}

/**
 * Pairs the layers of two networks by depth, one to one and in order: every layer of the network with fewer meets one of the
 * other, so that the depths of those that meet differ least in sum.
 *
 * @param first Normalized depth of each layer, ascending.
 * @param second The same of the other network.
 *
 * @example
 * ```ts
 * import { alignLayers } from "./mod.ts";
 *
 * alignLayers([0.1, 1], [0, 0.2, 0.9]).pairs; // [[0, 0], [1, 2]]
 * ```
 */
export function alignLayers(first: readonly number[], second: readonly number[]): LayerAlignment {
  const swapped = first.length > second.length;
  const [few, many] = swapped ? [second, first] : [first, second];
  const chosen = nearestInOrder(few, many);
  const pairs = chosen.map((index, i): [number, number] => swapped ? [index, i] : [i, index]);
  const met = new Set(chosen);
  const unmatched = many.map((_, index) => index).filter((index) => !met.has(index));
  return { pairs, unmatchedFirst: swapped ? unmatched : [], unmatchedSecond: swapped ? [] : unmatched };
}

/** For each of the few one of the many, ascending, at the least sum of distances; of equal sums the earlier ones. */
function nearestInOrder(few: readonly number[], many: readonly number[]): number[] {
  // `least[i][j]`: the sum where the first i of the few have met among the first j of the many.
  const least = Array.from(
    { length: few.length + 1 },
    (_, i) => Float64Array.from({ length: many.length + 1 }, () => i === 0 ? 0 : Infinity),
  );
  const meeting = (i: number, j: number): number => least[i - 1][j - 1] + Math.abs(few[i - 1] - many[j - 1]);
  for (let i = 1; i <= few.length; i++) {
    for (let j = i; j <= many.length; j++) least[i][j] = Math.min(least[i][j - 1], meeting(i, j));
  }
  const chosen: number[] = [];
  for (let i = few.length, j = many.length; i > 0; j--) {
    if (j > i && least[i][j - 1] <= least[i][j]) continue;
    chosen.push(j - 1);
    i--;
  }
  return chosen.reverse();
}
