import { nthLargest } from "./nth_largest.ts";

/**
 * Selects the units with the highest scores, as many as a proportion of them.
 *
 * Equal scores are taken in the order of their index, so the same scores give the same units everywhere. Units without a
 * positive score are never taken: a unit that does not prefer the category (or is dead, with a score of 0) is not made selective
 * by a count.
 *
 * @param score `[units]`, such as t against the rest.
 * @param proportion In 0–1; any proportion above 0 takes one unit at least.
 * @param positive {@linkcode positiveScores} of them; reordered. @default made for this call
 * @returns `[units]`, 1 where selected.
 * @throws {RangeError} where the proportion is outside 0–1.
 */
export function topProportion(
  score: Float64Array | Float32Array,
  proportion: number,
  positive: Float64Array = positiveScores(score),
): Uint8Array {
  if (!(proportion >= 0 && proportion <= 1)) {
    throw new RangeError(`Cannot select the top ${proportion} of the units; expected a proportion in 0–1`);
  }
  const mask = new Uint8Array(score.length);
  if (proportion === 0) return mask;
  const wanted = Math.min(positive.length, Math.max(1, Math.round(proportion * score.length)));
  if (wanted === 0) return mask;
  const least = nthLargest(positive, wanted);
  let ties = wanted;
  for (let i = 0; i < positive.length; i++) if (positive[i] > least) ties--;
  for (let i = 0; i < score.length; i++) {
    if (score[i] > least) mask[i] = 1;
    else if (score[i] === least && ties > 0) {
      mask[i] = 1;
      ties--;
    }
  }
  return mask;
}

/** The scores above 0, in their order. */
export function positiveScores(score: Float64Array | Float32Array): Float64Array {
  let count = 0;
  for (let i = 0; i < score.length; i++) if (score[i] > 0) count++;
  const positive = new Float64Array(count);
  for (let i = 0, at = 0; i < score.length; i++) if (score[i] > 0) positive[at++] = score[i];
  return positive;
}
