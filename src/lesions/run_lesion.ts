import type { Device } from "../devices/mod.ts";
import type { Layer, Network } from "../networks/mod.ts";
import { declaredBatch, loadFeed, planBatches, type RecordedImage } from "../recording/mod.ts";
import { CutSession } from "./cut_session.ts";
import { nearestCentroid } from "./nearest_centroid.ts";
import type { LesionDirection } from "./plan_lesion.ts";
import { replaceUnits } from "./replace_units.ts";

/** How many images of each condition the readout gives to their own condition. */
export type Right = readonly number[];

/** What became of one direction, as counts of images per condition. */
export interface DirectionCounts {
  /** Images shown. */
  readonly images: Right;
  /** Right without a lesion. */
  readonly intact: Right;
  /** Right with the selected units lesioned, one per target; null where nothing was selected. */
  readonly selected: readonly (Right | null)[];
  /** Right with each random set lesioned, `[targets][sets]`. */
  readonly random: readonly (readonly Right[])[];
}

/** What lesions run on. */
export interface LesionRun {
  readonly network: Network;
  readonly device: Device;
  /** The layer whose units are lesioned. */
  readonly at: Layer;
  /** The layer at which conditions are read out. */
  readonly readout: Layer;
  /** As they were recorded. */
  readonly images: readonly RecordedImage[];
  /** Gives image `i` of `images` as the network takes it: normalized, `[3, rows, columns]`. */
  readonly load: (i: number) => Promise<Float32Array>;
  /** Most images to run at once. */
  readonly batch: number;
  /** Told how many images ran through the tail, out of how many; each image does once for every lesion. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the work between batches. */
  readonly signal?: AbortSignal;
}

/**
 * Shows the images of each half to the network once without a lesion and once for every set of units that is lesioned: their
 * activations are replaced, and the tail of the graph runs on from there.
 *
 * @returns The counts of each direction.
 * @throws {RangeError} where the readout does not depend on the layer.
 * @throws {Error} where an image cannot be had or what is read out is not finite.
 */
export async function runLesion(
  directions: readonly LesionDirection[],
  run: LesionRun,
): Promise<DirectionCounts[]> {
  const session = await CutSession.open(run.network, run.device, run.at, run.readout);
  const total = directions.reduce(
    (sum, direction) => sum + direction.images.length * (1 + setsOf(direction).length),
    0,
  );
  let done = 0;
  const step = (images: number): void => run.onProgress?.(done += images, total);
  try {
    const counts: DirectionCounts[] = [];
    for (const direction of directions) counts.push(await runDirection(direction, { run, session, step }));
    return counts;
  } finally {
    await session.close();
  }
}

/** Every set of units to lesion: of each target the selection, then its random sets. */
function setsOf({ targets }: LesionDirection): Uint32Array[] {
  return targets.flatMap(({ units, random, reason }) => reason === null ? [units, ...random] : []);
}

async function runDirection(
  direction: LesionDirection,
  { run, session, step }: {
    readonly run: LesionRun;
    readonly session: CutSession;
    readonly step: (images: number) => void;
  },
): Promise<DirectionCounts> {
  const { network, images, load } = run;
  const zeros = (): number[] => direction.centroids.map(() => 0);
  const sets = setsOf(direction), shown = zeros(), intact = zeros(), lesioned = sets.map(zeros);
  const source = { images, shape: network.input.shape, fixedBatch: declaredBatch(network), load };
  for (const batch of planBatches([{ condition: 0, block: 0, images: direction.images }], run.batch)) {
    run.signal?.throwIfAborted();
    const feed = await loadFeed(batch, source);
    const conditions = batch.images.map((image) => images[image].condition);
    const activation = await session.activation(feed.images);
    const score = async (right: number[]): Promise<void> => {
      const features = await session.readOut(activation, feed.images);
      count(features, { conditions, direction, places: feed.images.shape[0], readout: run.readout.name, right });
      step(batch.images.length);
    };
    for (const condition of conditions) shown[condition]++;
    await score(intact);
    for (const [k, set] of sets.entries()) {
      run.signal?.throwIfAborted();
      const restore = replaceUnits(activation, { set, units: run.at.units, replacement: direction.replacement });
      await score(lesioned[k]);
      restore();
    }
  }
  let at = 0;
  const taken = direction.targets.map(({ random, reason }) =>
    reason === null ? lesioned.slice(at, at += 1 + random.length) : []
  );
  return {
    images: shown,
    intact,
    selected: taken.map(([own]) => own ?? null),
    random: taken.map(([, ...random]) => random),
  };
}

function count(
  features: Float32Array,
  { conditions, direction, places, readout, right }: {
    readonly conditions: readonly number[];
    readonly direction: LesionDirection;
    /** Images in the batch, those that only fill it included. */
    readonly places: number;
    readonly readout: string;
    readonly right: number[];
  },
): void {
  const width = features.length / places;
  conditions.forEach((condition, row) => {
    const found = nearestCentroid(features.subarray(row * width, (row + 1) * width), direction.centroids);
    if (found === -1) throw new Error(`Cannot read out "${readout}": it is not finite; expected finite numbers`);
    if (found === condition) right[condition]++;
  });
}
