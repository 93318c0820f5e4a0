import { RequestError } from "../errors.ts";
import { orderConditions } from "./domains.ts";
import type { Duplicates } from "./distinct_images.ts";
import { someOf } from "./_some_of.ts";
import type { Stimulus } from "./stimulus.ts";

/** Two halves of two images: the least that has a variance on either side. */
const LEAST = 4;

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
  const conditions = orderConditions(stimuli.map(({ condition }) => condition));
  for (const condition of conditions) {
    const found = stimuli.filter((stimulus) => stimulus.condition === condition).length;
    if (found < LEAST) {
      const copies = duplicates.flatMap(({ image, copies }) =>
        stimuli.some(({ id, condition: own }) => id === image && own === condition) ? copies : []
      );
      const apart = copies.length === 0 ? "" : ` apart from copies (${someOf(copies)})`;
      throw new RequestError(
        `Cannot use the stimuli in ${where}: condition "${condition}" has ${found} image${
          found === 1 ? "" : "s"
        }${apart}; ` +
          `expected at least ${LEAST}, two in each half`,
      );
    }
  }
  if (conditions.length < 2) {
    throw new RequestError(
      `Cannot use the stimuli in ${where}: "${conditions[0]}" is the only condition; expected at least two to contrast`,
    );
  }
  return conditions;
}

/** @throws {RequestError} where the limit is no whole number from 1. */
export function checkLimit(limit: number | undefined): void {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1)) {
    throw new RequestError(`Cannot limit a category to ${limit} images; expected a whole number from 1`);
  }
}
