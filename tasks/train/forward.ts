import { jit, numpy as np } from "@jax-js/jax";
import type { NamedTensor } from "../../src/weights/mod.ts";
import { shuffled } from "./_uniform.ts";
import { fillBatch, type LabelledImages } from "./images.ts";
import { isTrunk } from "./trainer.ts";
import { runTrunk, type Tensors, type TrunkPlan } from "./trunk.ts";

/** A layer's activation on some images: the whole of it where it is short, else units drawn once for all images. */
export interface ForwardLayer {
  readonly shape: readonly number[];
  /** Which units, of the flattened layer; in rising order. */
  readonly units: readonly number[];
  /** `[images][units]`. */
  readonly values: readonly (readonly number[])[];
  /** The Euclidean length of each image's whole activation, `[images]`. */
  readonly lengths: readonly number[];
}

/** The most units of a layer that are kept. */
const KEPT = 128;

/**
 * What the training framework computes for images at every layer, for other implementations to agree with.
 *
 * @param places Which images.
 */
export async function recordForward(
  weights: ReadonlyMap<string, NamedTensor>,
  trunk: TrunkPlan,
  images: LabelledImages,
  places: readonly number[],
): Promise<Record<string, ForwardLayer>> {
  const tensors: Tensors = {};
  for (const [name, { data, shape }] of weights) {
    if (isTrunk(name)) tensors[name] = np.array(new Float32Array(data), { shape: [...shape] });
  }
  const run = jit(((tensors: Tensors, batch: np.Array) => runTrunk(tensors, batch, trunk)) as never) as unknown as (
    tensors: Tensors,
    batch: np.Array,
  ) => Tensors;
  const batch = np.array(fillBatch(images, places), { shape: [places.length, 3, images.side, images.side] });
  const record: Record<string, ForwardLayer> = {};
  for (const [name, activation] of Object.entries(run(tensors, batch))) {
    const [, ...shape] = activation.shape;
    const data = await activation.data() as Float32Array;
    const size = data.length / places.length;
    const units = [...shuffled(size, 0, name).subarray(0, KEPT)].sort((a, b) => a - b);
    const rows = places.map((_, image) => data.subarray(image * size, (image + 1) * size));
    record[name] = {
      shape,
      units,
      values: rows.map((row) => units.map((unit) => row[unit])),
      lengths: rows.map((row) => Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))),
    };
  }
  return record;
}
