import type { Criterion } from "../localizer/mod.ts";
import type { ImageLayout } from "./_layout.ts";

/**
 * Why a criterion cannot decide about a target on each fold; null where it can.
 *
 * A condition without any image in a fold is left out of its contrasts; one with a single image has no variance to test.
 *
 * @param variances Whose variance the criterion needs.
 * @param condition Index of the target's condition.
 * @returns `[folds]`.
 */
export function untestable(
  variances: Criterion["variances"],
  { conditions, groups }: ImageLayout,
  condition: number,
): (string | null)[] {
  return [0, 1].map((fold) => {
    const images = (c: number): number => groups[2 * c + fold].length;
    if (images(condition) === 0) return `condition ${conditions[condition]} has no image in fold ${fold}`;
    const tested = variances === "each" ? conditions.keys().toArray() : variances === "rest" ? [condition] : [];
    const few = tested.find((c) => images(c) === 1);
    return few === undefined ? null : `condition ${conditions[few]} has fewer than two images in fold ${fold}`;
  });
}
