import { type RecordedImage, recordedImages } from "../../src/recording/mod.ts";
import { folderSet, type StimulusSet } from "../../src/stimuli/mod.ts";

/**
 * Lists a folder's images as any run does, in blocks, so that what is compared has been merged as in any run.
 *
 * @param perFolder At most this many images of each category; 0 for all.
 */
export async function readImages(
  dir: string,
  perFolder: number,
): Promise<{ set: StimulusSet; conditions: string[]; images: RecordedImage[] }> {
  const set = await folderSet(dir, { limit: perFolder === 0 ? undefined : perFolder });
  // The reference names pairs of conditions in this order.
  const conditions = [...set.conditions].sort();
  const { images } = recordedImages({ ...set, conditions });
  return { set, conditions, images };
}
