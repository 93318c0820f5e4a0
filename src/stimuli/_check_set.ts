import { RequestError } from "../errors.ts";
import { FEWER_BLOCKS } from "./blocks.ts";
import { orderConditions } from "./domains.ts";
import type { Duplicates } from "./distinct_images.ts";
import { someOf } from "./_some_of.ts";
import type { Stimulus } from "./stimulus.ts";

/** Two halves of two images: the least that has a variance on either side. */
const LEAST = 4;

/**
 * The conditions that have fewer than four images, as part of a sentence; none where all have enough.
 *
 * @param duplicates The copies that were left out, which may be why there are too few.
 */
export function smallConditions(
  stimuli: readonly Pick<Stimulus, "condition" | "id">[],
  duplicates: readonly Duplicates[] = [],
): string[] {
  const small = countImages(stimuli).filter(({ images }) => images < LEAST).map(({ condition, images }) => {
    const copies = duplicates.flatMap(({ image, copies }) =>
      stimuli.some(({ id, condition: own }) => id === image && own === condition) ? copies : []
    );
    const apart = copies.length === 0 ? "" : ` apart from copies (${someOf(copies)})`;
    return `"${condition}" has ${images} image${images === 1 ? "" : "s"}${apart}`;
  });
  return small.length === 0 ? [] : [`condition ${small.join(", ")}; expected at least ${LEAST}, two in each half`];
}

/** A sentence on conditions whose images are enough to run and too few for every block; null where there are none. */
export function describeFew(stimuli: readonly Pick<Stimulus, "condition">[]): string | null {
  const few = countImages(stimuli).filter(({ images }) => images >= LEAST && images < FEWER_BLOCKS);
  if (few.length === 0) return null;
  return `Few images: ${
    few.map(({ condition, images }) => `${condition} has ${images}`).join(", ")
  }; with fewer than ` +
    `${FEWER_BLOCKS} in a condition, one in each of ${FEWER_BLOCKS} blocks, intervals are missing or unsure.`;
}

function countImages(stimuli: readonly Pick<Stimulus, "condition">[]): { condition: string; images: number }[] {
  const counts = new Map<string, number>();
  for (const { condition } of stimuli) counts.set(condition, (counts.get(condition) ?? 0) + 1);
  return orderConditions(counts.keys()).map((condition) => ({ condition, images: counts.get(condition)! }));
}

/**
 * The conditions of a set that can be analysed.
 *
 * @param where What to call the set in errors.
 * @param duplicates The copies that were left out, which may be why there are too few.
 * @throws {RequestError} where there is one condition only or one has fewer than four images.
 */
export function checkConditions(
  stimuli: readonly Stimulus[],
  where: string,
  duplicates: readonly Duplicates[] = [],
): string[] {
  refuseSet(where, smallConditions(stimuli, duplicates));
  const conditions = orderConditions(stimuli.map(({ condition }) => condition));
  if (conditions.length < 2) refuseSet(where, [onlyCondition(conditions)]);
  return conditions;
}

/** What is wrong with a set of one condition, as part of a sentence. */
export function onlyCondition([name]: readonly string[]): string {
  return `"${name}" is the only condition; expected at least two to contrast`;
}

/** Refuses a set for everything that is wrong with it, in one sentence. */
export function refuseSet(where: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new RequestError(`Cannot use the stimuli in ${where}: ${problems.join("; also, ")}`);
}

/** @throws {RequestError} where the limit is no whole number from 1. */
export function checkLimit(limit: number | undefined): void {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1)) {
    throw new RequestError(`Cannot limit a category to ${limit} images; expected a whole number from 1`);
  }
}
