import { hashText } from "../lock/mod.ts";
import { compareText } from "./_text_order.ts";
import type { Stimulus } from "./stimulus.ts";

const USUAL = 10;
/** The blocks of small conditions. */
export const FEWER_BLOCKS = 6;
/** Below this many images a block, fewer blocks cover as well and are recorded faster. */
const LEAST_IMAGES = 8;

/**
 * How many blocks the images of every condition are divided into: 10; 6 where a block would hold fewer than 8 images of the
 * smallest condition; 4 where that has fewer than 6 images, and 2 where it has fewer than 4, so that no block is empty.
 *
 * @param sizes Images of each condition.
 * @throws {RangeError} where there is no condition, or one has fewer than two images.
 */
export function blockCount(sizes: readonly number[]): number {
  const smallest = Math.min(...sizes);
  if (!(smallest >= 2 && smallest < Infinity)) {
    throw new RangeError(
      `Cannot divide conditions of ${
        sizes.join(", ") || "no"
      } images into blocks; expected at least two images in each`,
    );
  }
  if (smallest >= USUAL * LEAST_IMAGES) return USUAL;
  return [FEWER_BLOCKS, 4, 2].find((blocks) => smallest >= blocks)!;
}

/** What a block is drawn from. */
type Drawn = Pick<Stimulus, "id" | "condition" | "category" | "source">;

/**
 * Draws blocks from the images' identities, stratified by condition and, within it, by category.
 *
 * A pure function of ids, conditions and categories: neither the order of the images nor their content matters. The blocks of a
 * condition differ by at most one image, and so do those of a category. An image that was made from another one of the set goes
 * into that one's block, so that no split has the two on different sides; only the images drawn count for the sizes.
 *
 * @param blocks How many, a whole number from 1.
 * @returns The block of each image, from 0, in the order given.
 * @throws {RangeError} where `blocks` is no whole number from 1.
 * @throws {Error} where two images share an id, or images were made from each other.
 *
 * @example
 * ```ts
 * import { assignBlocks } from "./mod.ts";
 *
 * const faces = ["a", "b", "c", "d"].map((id) => ({ id, condition: "faces", category: "adult" }));
 * assignBlocks(faces, 2); // two images in each block
 * ```
 */
export function assignBlocks(
  stimuli: readonly Pick<Stimulus, "id" | "condition" | "category" | "source">[],
  blocks: number,
): number[] {
  if (!(Number.isInteger(blocks) && blocks >= 1)) {
    throw new RangeError(`Cannot divide images into ${blocks} blocks; expected a whole number from 1`);
  }
  const places = new Map(stimuli.map(({ id }, index) => [id, index]));
  if (places.size < stimuli.length) {
    const twice = stimuli.find(({ id }, index) => places.get(id) !== index)!;
    throw new Error(`Cannot assign blocks: two images are called "${twice.id}"; expected distinct ids`);
  }
  const assigned: number[] = new Array(stimuli.length);
  const drawn = stimuli.flatMap((stimulus, index) =>
    sourceOf(stimulus, places) === undefined ? [{ ...stimulus, index, hash: hashText(stimulus.id) }] : []
  );
  drawn.sort((a, b) =>
    compareText(a.condition, b.condition) || compareText(a.category, b.category) || compareText(a.hash, b.hash)
  );
  let position = 0;
  drawn.forEach(({ condition, index }, rank) => {
    position = drawn[rank - 1]?.condition === condition ? position + 1 : 0;
    assigned[index] = position % blocks;
  });
  stimuli.forEach((stimulus, index) => assigned[index] ??= assigned[originOf(stimulus, stimuli, places)]);
  return assigned;
}

function sourceOf({ source }: Drawn, places: ReadonlyMap<string, number>): number | undefined {
  return source === undefined ? undefined : places.get(source);
}

/** Follows sources to an image that was drawn. */
function originOf(stimulus: Drawn, stimuli: readonly Drawn[], places: ReadonlyMap<string, number>): number {
  let at = places.get(stimulus.id)!;
  for (let steps = 0; steps <= stimuli.length; steps++) {
    const source = sourceOf(stimuli[at], places);
    if (source === undefined) return at;
    at = source;
  }
  throw new Error(`Cannot assign blocks: image "${stimulus.id}" was made from itself; expected another source`);
}
