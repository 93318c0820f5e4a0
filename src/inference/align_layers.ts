/**
 * Matches layers of two networks one to one and in order, so that the depths of those that meet are as near as they can be
 * together: the assignment of least total distance, by dynamic programming. Every layer of the network with fewer of them meets
 * one.
 *
 * @param a Depths, ascending, 0–1.
 * @param b The same of the other network.
 * @returns Pairs of places `[in a, in b]`, ascending in both.
 */
export function alignLayers(a: readonly number[], b: readonly number[]): (readonly [number, number])[] {
  if (a.length > b.length) return alignLayers(b, a).map(([i, j]) => [j, i] as const);
  // cost[i][j]: the least total distance of the first i layers of `a`, matched among the first j of `b`.
  const cost = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1).fill(Infinity));
  cost[0].fill(0);
  for (let i = 1; i <= a.length; i++) {
    for (let j = i; j <= b.length; j++) {
      cost[i][j] = Math.min(cost[i][j - 1], cost[i - 1][j - 1] + Math.abs(a[i - 1] - b[j - 1]));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = a.length, j = b.length; i > 0; j--) {
    if (cost[i][j] === cost[i][j - 1]) continue;
    pairs.unshift([i - 1, j - 1]);
    i--;
  }
  return pairs;
}
