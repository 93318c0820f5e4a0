import type { Results } from "../results/mod.ts";
import { firstScreenImages } from "./_first_screen.ts";
import { imageUri } from "./_html.ts";
import { layerSlots } from "./_layer_slots.ts";

/** Pictures in a row, and in all. */
const ACROSS = 8, MOST = 32;

/**
 * The pictures that stand for a run where there is room for one: for each target some of those that its first screen shows.
 *
 * @returns Rows of data URIs of PNG or JPEG; none where the run has no pictures.
 */
export function heroImages(results: Results): string[][] {
  const slots = layerSlots(results);
  const targets = results.targets.slice(0, MOST);
  const each = Math.floor(MOST / Math.max(1, targets.length));
  const pictures = targets.flatMap((target) => {
    const ids = firstScreenImages({ ...results, targets: [target] }, slots);
    return [...new Set(ids)].flatMap((id) => imageUri(results.thumbnails[id]) ?? []).slice(0, each);
  });
  const rows: string[][] = [];
  for (let start = 0; start < pictures.length; start += ACROSS) rows.push(pictures.slice(start, start + ACROSS));
  return rows;
}
