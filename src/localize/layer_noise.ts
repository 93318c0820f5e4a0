import type { Moments } from "../statistics/mod.ts";

/**
 * The noise of a layer, by which strengths are divided so that layers and networks of different scales compare: the root of the
 * variance within conditions, averaged over its units.
 *
 * The deviation over all images would grow with the number of selective units, and so make each of them weaker.
 *
 * @param moments Of disjoint groups of images of one condition each, `[units]` each; a group of one image has no variance.
 * @returns At least 0; 0 where nothing varies within a group or no group has two images.
 */
export function layerNoise(moments: readonly Moments[]): number {
  let freedom = 0;
  let squares = 0;
  let units = 0;
  for (const { n, m2 } of moments) {
    if (n < 2) continue;
    freedom += n - 1;
    units = m2.length;
    for (let i = 0; i < units; i++) if (m2[i] > 0) squares += m2[i];
  }
  return freedom > 0 && units > 0 ? Math.sqrt(squares / freedom / units) : 0;
}
