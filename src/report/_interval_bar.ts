import type { Bounds } from "../results/mod.ts";
import { type Html, markup } from "./_html.ts";

const HEIGHT = 12;

/** Half the width of an axis around zero that holds all of some intervals and differences; 1 where there is none. */
export function reachOf(
  rows: readonly { readonly difference: number | null; readonly interval: Bounds | null }[],
): number {
  const ends = rows.flatMap(({ difference, interval }) => [difference ?? 0, ...interval ?? []]).map(Math.abs);
  return 1.05 * Math.max(0, ...ends) || 1;
}

/**
 * A difference and its interval on an axis around zero, which stands in the middle. Static; positions are per cent of the width.
 *
 * @param reach Half the width of the axis, in the unit of the difference.
 * @param smallest Differences up to this size are too small to be of interest; shaded, where it is known.
 */
export function intervalBar(
  { difference, interval }: { readonly difference: number | null; readonly interval: Bounds | null },
  { reach, smallest }: { readonly reach: number; readonly smallest: number | null },
): Html {
  if (difference === null) return markup``;
  const at = (value: number): string => `${Number((50 + 50 * Math.max(-1, Math.min(1, value / reach))).toFixed(2))}%`;
  const middle = HEIGHT / 2;
  const band = smallest !== null &&
    markup`<rect class="small" x="${at(-smallest)}" y="0" width="${
      Number((100 * Math.min(1, smallest / reach)).toFixed(2))
    }%" height="${HEIGHT}"/>`;
  const bar = interval !== null &&
    markup`<line class="bar" x1="${at(interval[0])}" x2="${at(interval[1])}" y1="${middle}" y2="${middle}"/>`;
  return markup`<svg class="interval" width="100%" height="${HEIGHT}" aria-hidden="true">${band}<line class="zero" x1="50%"
x2="50%" y1="0" y2="${HEIGHT}"/>${bar}<circle class="point" cx="${at(difference)}" cy="${middle}" r="3.2"/></svg>`;
}
