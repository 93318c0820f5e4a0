import type { ImageLayout } from "./_layout.ts";

/** Criteria that need the variance of each condition by itself, or of the category against all others pooled. */
const NEEDS: Readonly<Record<string, "each" | "rest">> = {
  "conjunction": "each",
  "conjunction-max": "each",
  "lu-wang": "each",
  "prince": "each",
  "tdann": "rest",
  "tdann-2": "rest",
  "tdann-5": "rest",
  "tdann-12": "rest",
  "dprime": "rest",
  "topk": "rest",
  "matched": "rest",
};

/**
 * Why a criterion cannot decide about a target on each fold; null where it can.
 *
 * A condition without any image in a fold is left out of its contrasts; one with a single image has no variance to test.
 *
 * @param criterion Name of the criterion, or `matched`.
 * @param condition Index of the target's condition.
 * @returns `[folds]`.
 */
export function untestable(
  criterion: string,
  { conditions, groups }: ImageLayout,
  condition: number,
): (string | null)[] {
  const needs = Object.hasOwn(NEEDS, criterion) ? NEEDS[criterion] : null;
  return [0, 1].map((fold) => {
    const images = (c: number): number => groups[2 * c + fold].length;
    if (images(condition) === 0) return `condition ${conditions[condition]} has no image in fold ${fold}`;
    const tested = needs === "each" ? conditions.keys().toArray() : needs === "rest" ? [condition] : [];
    const few = tested.find((c) => images(c) === 1);
    return few === undefined ? null : `condition ${conditions[few]} has fewer than two images in fold ${fold}`;
  });
}
