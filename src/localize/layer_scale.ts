import type { Moments } from "../statistics/mod.ts";

/**
 * The standard deviation of a layer's responses over all its units and images, by which strengths are divided so that layers
 * and networks of different scales compare.
 *
 * @param moments Of disjoint groups of images, `[units]` each.
 * @returns At least 0; 0 where nothing varies or there is no image.
 */
export function layerScale(moments: readonly Moments[]): number {
  let count = 0;
  let total = 0;
  for (const { n, mean } of moments) {
    let sum = 0;
    for (let i = 0; i < mean.length; i++) sum += mean[i];
    total += n * sum;
    count += n * mean.length;
  }
  if (count === 0) return 0;
  const grand = total / count;
  let squares = 0;
  for (const { n, mean, m2 } of moments) {
    if (n === 0) continue;
    for (let i = 0; i < mean.length; i++) {
      const difference = mean[i] - grand;
      squares += Math.max(0, m2[i]) + n * difference * difference;
    }
  }
  return Math.sqrt(squares / count);
}
