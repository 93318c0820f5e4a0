import type { HostTensor } from "../devices/mod.ts";
import type { Batch } from "./batches.ts";
import type { RecordedImage } from "./recording.ts";

/** Where the images of a batch come from and what they must be. */
export interface ImageSource {
  /** In the order of their indices. */
  readonly images: readonly RecordedImage[];
  /** `[3, rows, columns]`. */
  readonly shape: readonly number[];
  /** The only batch size that the graph accepts, where it has one. */
  readonly fixedBatch: number | undefined;
  /** The input of an image, by its index: float32, of `shape`. */
  readonly load: (index: number) => Promise<Float32Array>;
}

/** What a session is fed for one batch. */
export interface Feed {
  /** Which images it holds. */
  readonly batch: Batch;
  /** `[batch, 3, rows, columns]`. */
  readonly images: HostTensor;
  /** `[batch]`: 1, and 0 where an image only fills a place. */
  readonly weights: HostTensor;
}

/**
 * Loads the images of a batch side by side into one tensor. A graph with a fixed batch size gets its last places filled with
 * the first image again, at weight 0.
 *
 * @throws {Error} where an image has another size than the network takes, or a value that is not finite.
 */
export async function loadFeed(batch: Batch, source: ImageSource): Promise<Feed> {
  const { images, shape, fixedBatch, load } = source;
  const size = shape.reduce((product, size) => product * size, 1);
  const count = batch.images.length;
  const places = fixedBatch ?? count;
  const data = new Float32Array(places * size);
  const loads = batch.images.map(async (index, place) => {
    const values = await load(index);
    check(values, images[index].id, shape, size);
    data.set(values, place * size);
  });
  // All are waited for, so that none is still at work when the recording has failed.
  const failed = (await Promise.allSettled(loads)).find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  for (let place = count; place < places; place++) data.copyWithin(place * size, 0, size);
  return {
    batch,
    images: { data, shape: [places, ...shape] },
    weights: { data: new Float32Array(places).fill(1 / count, 0, count), shape: [1, places] },
  };
}

function check(values: Float32Array, id: string, shape: readonly number[], size: number): void {
  if (values.length !== size) {
    throw new Error(
      `Cannot record image "${id}": it has ${values.length} values; expected ${size} for shape [${shape.join(", ")}]`,
    );
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong !== -1) {
    throw new Error(`Cannot record image "${id}": value ${wrong} is ${values[wrong]}; expected finite numbers`);
  }
}
