import type { ImageGroup } from "./groups_of.ts";

/** Images of one group that run together. */
export interface Batch {
  /** Index of the group. */
  readonly group: number;
  /** Positions in the caller's list. */
  readonly images: readonly number[];
  /** How many images of the group ran before. */
  readonly before: number;
  /** Whether no batch of the same group follows. */
  readonly last: boolean;
}

/** Cuts each group into as few batches as `most` allows, as equal as can be: a device then meets few shapes. */
export function planBatches(groups: readonly ImageGroup[], most: number): Batch[] {
  return groups.flatMap(({ images }, group) => {
    const count = Math.ceil(images.length / most);
    return Array.from({ length: count }, (_, k): Batch => {
      const from = Math.floor(k * images.length / count);
      const to = Math.floor((k + 1) * images.length / count);
      return { group, images: images.slice(from, to), before: from, last: k === count - 1 };
    });
  });
}
