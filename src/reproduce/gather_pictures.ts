import type { NetworkResult } from "../results/mod.ts";
import {
  contactSheet,
  encodeJpeg,
  jpegDataUri,
  loadProcedural,
  type NetworkImages,
  type Stimulus,
  type StimulusSet,
  THUMBNAIL,
  thumbnailPixels,
} from "../stimuli/browser.ts";

const PER_ROW = 14;
/** Images that stand for a condition. */
const EXAMPLES = 4;

/** Images of a condition, as many of each of its categories as there is room for. */
function representative(stimuli: readonly Stimulus[], room: number): Stimulus[] {
  const categories = [...new Set(stimuli.map((stimulus) => stimulus.category))];
  const groups = categories.map((category) => stimuli.filter((stimulus) => stimulus.category === category));
  const chosen: Stimulus[] = [];
  for (let rank = 0; chosen.length < Math.min(room, stimuli.length); rank++) {
    for (const group of groups) if (rank < group.length && chosen.length < room) chosen.push(group[rank]);
  }
  return chosen;
}

/** Condition to ids of a few images that stand for it. */
export function exampleImages({ conditions, stimuli }: StimulusSet): Record<string, string[]> {
  return Object.fromEntries(conditions.map((condition) => {
    const own = stimuli.filter((stimulus) => stimulus.condition === condition);
    return [condition, representative(own, EXAMPLES).map(({ id }) => id)];
  }));
}

/** A sheet with a row of pictures per condition, as a JPEG data URI. */
export async function drawContactSheet(set: StimulusSet, prepared: NetworkImages): Promise<string> {
  await loadProcedural();
  const rows = await Promise.all(set.conditions.map(async (condition) => {
    const chosen = representative(set.stimuli.filter((stimulus) => stimulus.condition === condition), PER_ROW);
    const planes = chosen.map((stimulus) => prepared.planes(set.stimuli.indexOf(stimulus), THUMBNAIL));
    return { label: condition, images: (await Promise.all(planes)).map(thumbnailPixels) };
  }));
  return jpegDataUri(await encodeJpeg(contactSheet(rows), 78));
}

/**
 * Small pictures of the images that a report names.
 *
 * @param ids Identities within the set.
 * @returns Image id to JPEG data URI.
 */
export async function drawThumbnails(
  { stimuli }: StimulusSet,
  prepared: NetworkImages,
  ids: ReadonlySet<string>,
): Promise<Record<string, string>> {
  const shown = [...stimuli.keys()].filter((index) => ids.has(stimuli[index].id));
  return Object.fromEntries(
    await Promise.all(shown.map(async (index) => [stimuli[index].id, await prepared.thumbnail(index)] as const)),
  );
}

/**
 * Ids of the images that the report shows: those that stand for a condition, and those of the channels of the first network of
 * each family that was run.
 */
export function shownImages(networks: readonly NetworkResult[], examples: Record<string, string[]>): Set<string> {
  const ids = new Set(Object.values(examples).flat());
  const first = new Map<string, NetworkResult>();
  for (const network of networks) {
    if (network.status === "run" && !first.has(network.family)) first.set(network.family, network);
  }
  for (const network of first.values()) {
    for (const layer of network.layers) {
      for (const { channels } of Object.values(layer.categories)) {
        for (const { most, least } of channels) for (const id of [...most, ...least]) ids.add(id);
      }
    }
  }
  return ids;
}
