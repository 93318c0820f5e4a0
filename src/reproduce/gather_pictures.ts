import type { NetworkResult } from "../results/mod.ts";
import { contactSheet, encodeJpeg, jpegDataUri, loadProcedural, type Pixels, resizeAndCrop } from "../stimuli/mod.ts";
import { type Stimulus, type StimulusSet, thumbnail } from "../stimuli/mod.ts";

const PER_ROW = 14;
const SIDE = 64;

function small(pixels: Pixels): Pixels {
  const planes = resizeAndCrop(pixels, { resize: SIDE, crop: SIDE, interpolation: "bilinear" });
  const data = new Uint8Array(3 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) planes.forEach((plane, channel) => data[3 * i + channel] = plane[i]);
  return { width: SIDE, height: SIDE, data };
}

/** Images of a condition, as many of each of its categories as fit a row. */
function representative(stimuli: readonly Stimulus[]): Stimulus[] {
  const categories = [...new Set(stimuli.map((stimulus) => stimulus.category))];
  const groups = categories.map((category) => stimuli.filter((stimulus) => stimulus.category === category));
  const chosen: Stimulus[] = [];
  for (let rank = 0; chosen.length < Math.min(PER_ROW, stimuli.length); rank++) {
    for (const group of groups) if (rank < group.length && chosen.length < PER_ROW) chosen.push(group[rank]);
  }
  return chosen;
}

/** A sheet with a row of pictures per condition, as a JPEG data URI. */
export async function drawContactSheet(set: StimulusSet): Promise<string> {
  await loadProcedural();
  const rows = [];
  for (const condition of set.conditions) {
    const chosen = representative(set.stimuli.filter((stimulus) => stimulus.condition === condition));
    const images = [];
    for (const stimulus of chosen) images.push(small(await stimulus.pixels()));
    rows.push({ label: condition, images });
  }
  return jpegDataUri(await encodeJpeg(contactSheet(rows), 78));
}

/**
 * Small pictures of the images that a report names.
 *
 * @param ids Identities within the set.
 * @returns Image id to JPEG data URI.
 */
export async function drawThumbnails(set: StimulusSet, ids: ReadonlySet<string>): Promise<Record<string, string>> {
  const pictures: Record<string, string> = {};
  for (const stimulus of set.stimuli) {
    if (ids.has(stimulus.id)) pictures[stimulus.id] = await thumbnail(await stimulus.pixels());
  }
  return pictures;
}

/** Ids of the images that the report shows. */
export function shownImages(networks: readonly NetworkResult[]): Set<string> {
  const ids = new Set<string>();
  for (const network of networks) {
    for (const layer of network.layers) {
      for (const { channels } of Object.values(layer.categories)) {
        for (const { most, least } of channels) for (const id of [...most, ...least]) ids.add(id);
      }
    }
  }
  return ids;
}
