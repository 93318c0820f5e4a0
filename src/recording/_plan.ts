import { maxBatch } from "../devices/browser.ts";
import { sampleUnits } from "../statistics/mod.ts";
import type { Layer } from "../networks/mod.ts";
import { declaredBatch } from "./declared_batch.ts";
import { groupKey, groupsOf } from "./groups_of.ts";
import { Layout } from "./_layout.ts";
import { FORMAT } from "./_format.ts";
import type { MemoryRecordOptions } from "./record_options.ts";
import type { RecordedImage, RecordingHeader } from "./recording.ts";

/** What a request amounts to. */
export interface RecordPlan {
  readonly header: RecordingHeader;
  /** The groups to be recorded. */
  readonly layout: Layout;
  /** Most images to run at once. */
  readonly most: number;
  /** The only batch size that the graph accepts, where it has one. */
  readonly fixedBatch: number | undefined;
}

/**
 * @param graph sha256 of the network's graph with its tensors, in hexadecimal.
 * @throws {RangeError} where the images do not fit the conditions or blocks, or there is nothing to record.
 */
export function planRecording(options: MemoryRecordOptions, graph: string): RecordPlan {
  const { network, device, images, conditions, seed = 0, sampledUnits = 4096 } = options;
  const { layers = network.layers, blocks = 1 + Math.max(0, ...images.map(({ block }) => block)) } = options;
  checkRequest({ images, conditions, layers, blocks });
  const fixedBatch = declaredBatch(network);
  const most = Math.min(fixedBatch ?? Infinity, options.batch ?? maxBatch(network, device));
  if (!(Number.isInteger(most) && most > 0)) {
    throw new RangeError(`Cannot record in batches of ${most} images; expected a whole number from 1`);
  }
  const sampled = layers.map((layer) => ({
    layer,
    sampled: sampleUnits(layer.units, sampledUnits, seed, layer.name),
  }));
  const { preprocessing = null, weights = null, stimuli = null } = options;
  const header: RecordingHeader = {
    conditions,
    blocks,
    images: images.map(({ id, condition, category, block }) => ({ id, condition, category, block })),
    layers: layers.map(({ name, depth, shape, units, value, stage }) =>
      stage === undefined ? { name, depth, shape, units, value } : { name, depth, shape, units, value, stage }
    ),
    source: {
      format: FORMAT,
      weights,
      graph,
      preprocessing: preprocessing === null ? null : only(preprocessing),
      stimuli,
      sampledUnits,
      seed,
      batch: most,
      device: device.name,
      runtime: device.runtime,
    },
  };
  return { header, layout: new Layout(sampled, wantedGroups(options)), most, fixedBatch };
}

/** The fields that decide the pixels; a recipe may have others. */
function only(
  { resize, crop, interpolation, mean, std }: NonNullable<MemoryRecordOptions["preprocessing"]>,
): NonNullable<MemoryRecordOptions["preprocessing"]> {
  return { resize, crop, interpolation, mean, std };
}

function wantedGroups({ images, groups }: MemoryRecordOptions): ReturnType<typeof groupsOf> {
  const all = groupsOf(images);
  if (groups === undefined) return all;
  const known = new Set(all.map(groupKey));
  const lost = groups.find((group) => !known.has(groupKey(group)));
  if (lost !== undefined || groups.length === 0) {
    const what = lost === undefined ? "no groups" : `condition ${lost.condition}, block ${lost.block}`;
    throw new RangeError(`Cannot record ${what}; expected groups that have images`);
  }
  const wanted = new Set(groups.map(groupKey));
  return all.filter((group) => wanted.has(groupKey(group)));
}

function checkRequest({ images, conditions, layers, blocks }: {
  images: readonly RecordedImage[];
  conditions: readonly string[];
  layers: readonly Layer[];
  blocks: number;
}): void {
  if (images.length === 0) throw new RangeError("Cannot record a network: no images; expected one at least");
  if (layers.length === 0) throw new RangeError("Cannot record a network: no layers; expected one at least");
  if (!(Number.isInteger(blocks) && blocks >= 1)) {
    throw new RangeError(`Cannot record ${blocks} blocks; expected a whole number from 1`);
  }
  const lost = images.find(({ condition, block }) =>
    conditions[condition] === undefined || !(Number.isInteger(block) && block >= 0 && block < blocks)
  );
  if (lost !== undefined) {
    throw new RangeError(
      `Cannot record image "${lost.id}": condition ${lost.condition}, block ${lost.block}; ` +
        `expected one of ${conditions.length} conditions and of ${blocks} blocks, counted from 0`,
    );
  }
}
