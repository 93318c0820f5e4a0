import { checkCount, membersOf } from "./_strata.ts";
import { Random } from "./random.ts";

/** Four disjoint lists of images, ascending; the first two are one half, the last two the other. */
export type Quarters = readonly [Int32Array, Int32Array, Int32Array, Int32Array];

/** The order in which quarters are dealt to, so that halves stay even. */
const DEALT = [0, 2, 1, 3] as const;

/**
 * Splits images at random into four disjoint quarters, every stratum dealt out evenly, again and again.
 *
 * Disjoint parts are independent samples. So the difference of a statistic between two halves shows its spread where
 * resampling with replacement would spoil it, as with statistics of pairs of images, by pairing an image with itself.
 *
 * @param strata The stratum of each image.
 * @param splits Number of splits.
 * @param seed Seed of the draw.
 * @throws {RangeError} If `splits` is not a positive integer.
 */
export function stratifiedQuarters(strata: ArrayLike<number>, splits: number, seed: number): Quarters[] {
  checkCount("quarters", splits);
  const random = new Random(seed, "quarters");
  const members = membersOf(strata).map((list) => Int32Array.from(list));
  return Array.from({ length: splits }, () => {
    const quarters: [number[], number[], number[], number[]] = [[], [], [], []];
    let turn = random.integer(4);
    for (const list of members) {
      random.shuffle(list, 0, list.length);
      for (const image of list) quarters[DEALT[turn++ % 4]].push(image);
    }
    const ascending = (list: number[]): Int32Array => Int32Array.from(list).sort();
    return [ascending(quarters[0]), ascending(quarters[1]), ascending(quarters[2]), ascending(quarters[3])] as const;
  });
}
