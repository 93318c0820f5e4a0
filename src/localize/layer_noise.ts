import type { Moments } from "../statistics/mod.ts";

/** How much units vary within conditions, over some of the images. */
export interface WithinConditions {
  readonly units: number;
  /** Images less one a condition. */
  readonly freedom: number;
  /** Sum of squared deviations from the condition's mean, over images and units. */
  readonly squares: number;
}

/** @param moments Of disjoint groups of images of one condition each, `[units]` each; a group of one image has no variance. */
export function withinConditions(moments: readonly Moments[]): WithinConditions {
  let [units, freedom, squares] = [0, 0, 0];
  for (const { n, m2 } of moments) {
    if (n < 2) continue;
    freedom += n - 1;
    units = m2.length;
    for (let i = 0; i < units; i++) squares += Math.max(0, m2[i]);
  }
  return { units, freedom, squares };
}

/**
 * The noise of a layer, by which strengths are divided so that layers and networks of different scales compare: the root of the
 * variance within conditions, averaged over its units.
 *
 * The deviation over all images would grow with the number of selective units, and so make each of them weaker.
 *
 * @param parts Of disjoint groups of images.
 * @returns At least 0; 0 where nothing varies within a group or no group has two images.
 */
export function layerNoise(...parts: readonly WithinConditions[]): number {
  const units = Math.max(0, ...parts.map((part) => part.units));
  const freedom = parts.reduce((sum, part) => sum + part.freedom, 0);
  const squares = parts.reduce((sum, part) => sum + part.squares, 0);
  return freedom > 0 && units > 0 ? Math.sqrt(squares / freedom / units) : 0;
}
