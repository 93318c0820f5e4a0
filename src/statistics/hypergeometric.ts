import type { Random } from "./random.ts";

/** Logarithms of the factorials of 0, 1, …, `most`. */
export function logFactorials(most: number): Float64Array {
  const table = new Float64Array(most + 1);
  for (let i = 1; i <= most; i++) table[i] = table[i - 1] + Math.log(i);
  return table;
}

/**
 * Draws from the hypergeometric distribution: how many of the marked ones are among those drawn without replacement. By inversion
 * from the mode outwards (Kachitvichyanukul & Schmeiser 1985, doi:10.1080/00949658508810839).
 *
 * @param input.total How many there are.
 * @param input.marked How many of them are marked.
 * @param input.drawn How many are drawn.
 * @param table {@linkcode logFactorials} of at least `total`.
 */
export function drawHypergeometric(
  random: Random,
  { total, marked, drawn }: { readonly total: number; readonly marked: number; readonly drawn: number },
  table: Float64Array,
): number {
  // Unmarked ones that are not drawn, were no marked one drawn.
  const spare = total - marked - drawn;
  const least = Math.max(0, -spare);
  const most = Math.min(drawn, marked);
  if (least === most) return least;
  const mode = Math.floor((drawn + 1) * (marked + 1) / (total + 2));
  const choose = (n: number, k: number): number => table[n] - table[k] - table[n - k];
  const peak = Math.exp(choose(marked, mode) + choose(total - marked, drawn - mode) - choose(total, drawn));
  let left = random.uniform() - peak;
  if (left <= 0) return mode;
  let above = peak;
  let below = peak;
  for (let up = mode, down = mode; up < most || down > least;) {
    if (up < most) {
      above *= (marked - up) * (drawn - up) / ((up + 1) * (spare + up + 1));
      up++;
      left -= above;
      if (left <= 0) return up;
    }
    if (down > least) {
      below *= down * (spare + down) / ((marked - down + 1) * (drawn - down + 1));
      down--;
      left -= below;
      if (left <= 0) return down;
    }
  }
  return mode;
}
