import { type Device, maxBatch } from "../devices/mod.ts";
import type { Network, Tap } from "../networks/mod.ts";
import { planBatches } from "./_batches.ts";
import { type Feed, type ImageSource, loadFeed } from "./_image_feed.ts";
import { MomentSession } from "./_moment_session.ts";
import { explainNotFinite } from "./_not_finite.ts";
import { OpenTap } from "./_open_tap.ts";
import { selfCheck } from "./_self_check.ts";
import type { RecordedImage, Recording } from "./recording.ts";
import { sampleUnits } from "./sample_units.ts";

/** Parts of a recording whose time is worth knowing; `decode` is what is left of loading when inference waits for it. */
export type RecordPhase = "decode" | "inference" | "merge";

/** What is recorded, and how. */
export interface RecordOptions {
  /** Who sees the images. */
  readonly network: Network;
  /** Which of the network's taps. @default all */
  readonly taps?: readonly Tap[];
  /** Where it runs. */
  readonly device: Device;
  /** What it sees. */
  readonly images: readonly RecordedImage[];
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /** Gives image `i` of `images` as the network takes it: normalized, `[3, rows, columns]`. */
  readonly load: (i: number) => Promise<Float32Array>;
  /** Units per tap whose responses are kept for every image. @default 4096 */
  readonly sampledUnits?: number;
  /** Decides which those are; a whole number in 32 bits. @default 0 */
  readonly seed?: number;
  /** Most images to run at once. @default what {@linkcode maxBatch} says */
  readonly batch?: number;
  /** Called after every batch with the number of images done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Runs each part of the work, for callers that keep a clock. */
  readonly time?: <T>(phase: RecordPhase, work: () => T | Promise<T>) => Promise<T>;
  /** Ends the recording between batches. */
  readonly signal?: AbortSignal;
}

/**
 * Shows images to a network and keeps mean and squared deviations of every unit per condition and fold, and the responses of
 * a sample of units to every image. Memory grows with units and groups, not with images.
 *
 * Images run in groups of one condition and fold; the next batch loads while one runs. The moments are compared with those of
 * the sampled responses before they are returned.
 *
 * @throws {Error} where an image or a response is not finite, naming it; where moments and responses differ by more than 1e-3;
 *   where the images do not fit the conditions or the network.
 */
export async function recordNetwork(options: RecordOptions): Promise<Recording> {
  const { network, device, images, conditions, seed = 0, sampledUnits = 4096, signal } = options;
  const { taps = network.taps, time = run } = options;
  checkRequest(images, conditions, taps);
  const fixedBatch = declaredBatch(network);
  const most = Math.min(fixedBatch ?? Infinity, options.batch ?? maxBatch(network, device));
  if (!(Number.isInteger(most) && most > 0)) {
    throw new RangeError(`Cannot record in batches of ${most} images; expected a whole number from 1`);
  }
  const open = taps.map((tap) =>
    new OpenTap(tap, sampleUnits(tap.units, sampledUnits, seed, tap.name), conditions.length, images.length)
  );
  const source: ImageSource = { images, shape: network.input.shape, fixedBatch, load: options.load };
  const batches = planBatches(images, most);
  signal?.throwIfAborted();
  const session = await MomentSession.open(network, device, open);
  const load = (k: number): Promise<Feed> => {
    const feed = loadFeed(batches[k], source);
    // Its failure is told when its turn comes, not while another batch runs.
    feed.catch(() => undefined);
    return feed;
  };
  let next = load(0);
  try {
    let done = 0;
    for (const k of batches.keys()) {
      const feed = await time("decode", () => next);
      signal?.throwIfAborted();
      if (k + 1 < batches.length) next = load(k + 1);
      const outputs = await time("inference", () => session.run(feed));
      const finite = await time("merge", () => {
        const kept = open.map((tap, k) => tap.keep(feed.batch, outputs[k]));
        return kept.every((finite) => finite);
      });
      if (!finite) throw await explainNotFinite(session, open, images, feed);
      options.onProgress?.(done += feed.batch.images.length, images.length);
    }
  } finally {
    // What was loading ahead is of no use any more.
    await next.catch(() => undefined);
    await session.close();
  }
  const recording = { conditions, images, taps: open.map((tap) => tap.finish()) };
  return { ...recording, selfCheck: await time("merge", () => selfCheck(recording)) };
}

async function run<T>(_phase: RecordPhase, work: () => T | Promise<T>): Promise<T> {
  return await work();
}

/** The batch size that the graph insists on, where it has one: files may hold a number in place of a name. */
function declaredBatch({ graph, input }: Network): number | undefined {
  const size = graph.inputs.find(({ name }) => name === input.name)?.shape?.[0];
  return typeof size === "number" && size > 0 ? size : undefined;
}

function checkRequest(images: readonly RecordedImage[], conditions: readonly string[], taps: readonly Tap[]): void {
  if (images.length === 0) throw new RangeError("Cannot record a network: no images; expected one at least");
  if (taps.length === 0) throw new RangeError("Cannot record a network: no taps; expected one at least");
  const lost = images.find(({ condition, fold }) => conditions[condition] === undefined || (fold !== 0 && fold !== 1));
  if (lost !== undefined) {
    throw new RangeError(
      `Cannot record image "${lost.id}": condition ${lost.condition}, fold ${lost.fold}; ` +
        `expected one of ${conditions.length} conditions and fold 0 or 1`,
    );
  }
}
