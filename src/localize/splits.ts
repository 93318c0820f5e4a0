import { Random } from "../statistics/mod.ts";

/** Which half, 0 or 1, each block belongs to: `[blocks]`. The same blocks are together in every condition. */
export type Split = readonly (0 | 1)[];

/** How many ways there are to cut an even number of blocks into two halves of equal size. */
function countSplits(blocks: number): number {
  let ways = 1;
  for (let i = 1; i <= blocks / 2; i++) ways = ways * (blocks / 2 + i) / i;
  return Math.round(ways / 2);
}

/**
 * Draws different ways to cut blocks into two halves of equal size.
 *
 * @param blocks An even number.
 * @param count How many are wanted, a whole number from 0; all there are where there are fewer.
 * @param seed The same seed gives the same splits in every network.
 * @throws {RangeError} where the blocks cannot be cut into equal halves, or `count` is no whole number.
 */
export function drawSplits(blocks: number, count: number, seed: number): Split[] {
  if (!(Number.isInteger(blocks) && blocks >= 2 && blocks % 2 === 0)) {
    throw new RangeError(`Cannot cut ${blocks} blocks into equal halves; expected an even number from 2`);
  }
  if (!(Number.isInteger(count) && count >= 0)) {
    throw new RangeError(`Cannot draw ${count} splits; expected a whole number from 0`);
  }
  const random = new Random(seed, `splits ${blocks}`);
  const found = new Map<string, Split>();
  const wanted = Math.min(count, countSplits(blocks));
  while (found.size < wanted) {
    const order = Array.from({ length: blocks }, (_, block) => block);
    random.shuffle(order, 0, blocks);
    const half: (0 | 1)[] = new Array(blocks);
    order.forEach((block, rank) => half[block] = rank < blocks / 2 ? 0 : 1);
    // A split and its mirror image are the same: both directions are measured anyway.
    const split = half[0] === 0 ? half : half.map((side): 0 | 1 => side === 0 ? 1 : 0);
    found.set(split.join(""), split);
  }
  return [...found.values()];
}
