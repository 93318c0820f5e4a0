import type { Group, RecordedImage } from "./recording.ts";

/** A group and its images. */
export interface ImageGroup extends Group {
  /** Positions in the list of images, ascending. */
  readonly images: readonly number[];
}

/** Sorts images into their groups, by condition and then by block; groups without images are left out. */
export function groupsOf(images: readonly RecordedImage[]): ImageGroup[] {
  const groups = new Map<string, Group & { images: number[] }>();
  for (const [index, { condition, block }] of images.entries()) {
    const key = groupKey({ condition, block });
    const group = groups.get(key) ?? { condition, block, images: [] };
    group.images.push(index);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => a.condition - b.condition || a.block - b.block);
}

/** The groups of a list of images that are not held, without their images. */
export function missingGroups(images: readonly RecordedImage[], isHeld: (group: Group) => boolean): Group[] {
  return groupsOf(images).filter((group) => !isHeld(group)).map(({ condition, block }) => ({ condition, block }));
}

/** Tells groups apart: the same for the same condition and block. */
export function groupKey({ condition, block }: Group): string {
  return `${condition} ${block}`;
}
