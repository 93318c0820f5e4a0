import { join } from "node:path";
import type { Criterion } from "../criteria/mod.ts";
import type { Device } from "../devices/mod.ts";
import { type DerivedConditions, designOf, drawSplits } from "../localize/mod.ts";
import type { Network } from "../networks/mod.ts";
import type { Recording } from "../recording/mod.ts";
import type { LesionResult } from "../results/mod.ts";
import { lesionKey, readLesion, writeLesion } from "./lesion_file.ts";
import { planLesion } from "./plan_lesion.ts";
import { runLesion } from "./run_lesion.ts";
import { summarizeLesion } from "./summarize_lesion.ts";

/** Random sets beside each selection. */
export const RANDOM_SETS = 20;

/** Which selective units are lesioned, in which network. */
export interface LesionOptions {
  /** The network. */
  readonly network: Network;
  /** Where it runs. */
  readonly device: Device;
  /** Of this network; the last of its layers is read out. */
  readonly recording: Recording;
  /** Name of the layer whose selective units are lesioned, another than the last. */
  readonly layer: string;
  /** The conditions that units are selected for. */
  readonly targets: readonly string[];
  /** What makes a unit selective. */
  readonly criterion: Criterion;
  /** Conditions made from the images of others: neither shown nor read out. @default none */
  readonly derived?: DerivedConditions;
  /** Decides the split and the random sets. @default 0 */
  readonly seed?: number;
  /** Random sets beside each selection. @default 20 */
  readonly sets?: number;
  /** Folder where counts are kept and found again, in files of their own. @default they are not kept */
  readonly folder?: string;
  /** What to call the network in lists of what is kept. @default null */
  readonly label?: string | null;
  /** Gives image `i` of the recording's as the network takes it: normalized, `[3, rows, columns]`. */
  readonly load: (i: number) => Promise<Float32Array>;
  /** Told how many images ran through the tail, out of how many; each image does once for every lesion. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the work between batches. */
  readonly signal?: AbortSignal;
}

/**
 * Lesions the units of a layer that are selective for each target: they are set to their mean over images, the network runs on
 * from there, and conditions are read out at its last layer by the nearest centroid. Beside it run as many random sets of live
 * units, matched in number and mean activity. Units, means and centroids come from one half of the images, accuracy from the
 * other, both ways on the first split. After Prince, Alvarez & Konkle 2024, doi:10.1126/sciadv.adl1776.
 *
 * @throws {RangeError} where the recording has no such layer before its last, or the last does not depend on it.
 * @throws {Error} where an image cannot be had or a file not be written.
 */
export async function lesionNetwork(options: LesionOptions): Promise<LesionResult> {
  const { recording, criterion, targets, derived, seed = 0, sets = RANDOM_SETS, folder, label = null } = options;
  const { header } = recording;
  const index = header.layers.findIndex(({ name }) => name === options.layer), last = header.layers.length - 1;
  if (index === -1 || index === last) {
    const known = header.layers.slice(0, -1).map(({ name }) => name).join(", ") || "none";
    throw new RangeError(`Cannot lesion "${options.layer}"; expected one of the layers before the last: ${known}`);
  }
  const [at, readout] = [header.layers[index], header.layers[last]];
  const design = designOf(header, { targets, derived });
  const [split] = drawSplits(design.blocks, 1, seed);
  const directions = planLesion({
    layer: await recording.readLayer(index),
    readout: await recording.readLayer(last),
    design,
    criterion,
    split,
    sets,
    seed,
  });
  const key = lesionKey({ header, layer: at.name, readout: readout.name, directions });
  const path = folder === undefined ? null : join(folder, `${key}.lesion`);
  let counts = path === null ? null : await readLesion(path, key);
  if (counts === null) {
    const { network, device, load, onProgress, signal } = options;
    const { images } = header, batch = header.source?.batch ?? 1;
    counts = await runLesion(directions, { network, device, load, onProgress, signal, at, readout, images, batch });
    if (path !== null) await writeLesion(path, { key, label, directions: counts });
  }
  const names = { layer: at.name, readout: readout.name, conditions: header.conditions, targets, sets };
  return summarizeLesion(directions, counts, names);
}
