import { assignBlocks, blockCount, type StimulusSet } from "../stimuli/browser.ts";
import type { RecordedImage } from "./recording.ts";

/**
 * The images of a set as the statistics know them: in blocks, by the number of images in the smallest condition.
 *
 * @param set Its conditions in the order in which images refer to them.
 * @returns The images in the set's order, and the number of blocks.
 */
export function recordedImages(
  { stimuli, conditions }: Pick<StimulusSet, "stimuli" | "conditions">,
): { images: RecordedImage[]; blocks: number } {
  const sizes = conditions.map((name) => stimuli.filter(({ condition }) => condition === name).length);
  const blocks = blockCount(sizes);
  const assigned = assignBlocks(stimuli, blocks);
  const images = stimuli.map(({ id, condition, category }, index) => ({
    id,
    condition: conditions.indexOf(condition),
    category,
    block: assigned[index],
  }));
  return { images, blocks };
}
