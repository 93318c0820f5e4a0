import { jit, numpy as np, tree } from "@jax-js/jax";
import type { NamedTensor } from "../../src/weights/mod.ts";
import type { Fixture } from "./fixture.ts";
import { fillBatch, type LabelledImages } from "./images.ts";
import { classify, encodeCaptions, type ObjectiveName, predictEmbedding, projectImages } from "./objectives.ts";
import { targetsFor, type TargetSource } from "./targets.ts";
import { isTrunk } from "./trainer.ts";
import { runTrunk, type Tensors, type TrunkPlan } from "./trunk.ts";

/** How well a network does a task on unseen images. */
export interface Accuracy {
  readonly task: string;
  /** A share in 0–1. */
  readonly value: number;
  /** What guessing gives. */
  readonly chance: number;
  readonly images: number;
}

/** Images among whose targets the right one is to be found; also how many the network sees at a time. */
const GROUP = 32;

const TASKS: Readonly<Record<ObjectiveName, (classes: number) => string>> = {
  vision: (classes) => `the right one of ${classes} classes`,
  attributes: () => `the right one of ${GROUP} lists of attributes, by the code predicted`,
  language: () => `the right one of ${GROUP} captions, by the embedding predicted`,
  contrastive: () => `the right one of ${GROUP} captions, by the text encoder`,
};

function upload(weights: ReadonlyMap<string, NamedTensor>): Tensors {
  const tensors: Tensors = {};
  for (const [name, { data, shape }] of weights) {
    tensors[name] = np.array(new Float32Array(data), { shape: [...shape] });
  }
  return tensors;
}

function batchOf(images: LabelledImages, places: readonly number[]): np.Array {
  return np.array(fillBatch(images, places), { shape: [places.length, 3, images.side, images.side] });
}

function share(count: number, of: number): number {
  return Math.round(count / of * 1e6) / 1e6;
}

/**
 * Measures a network on unseen images: the share of images whose class, or whose target among those of 32 images, it
 * scores highest. A target that two images of a group share is right for both, which the chance takes in.
 *
 * @param source The images, a multiple of 32, and what their targets are made from.
 */
export async function evaluate(
  { weights, objective }: Pick<Fixture, "weights" | "objective">,
  source: TargetSource,
  trunk: TrunkPlan,
): Promise<Accuracy> {
  const { images, classes } = source;
  const scores = jit(
    ((tensors: Tensors, batch: np.Array, target: np.Array): np.Array => {
      const { avgpool } = runTrunk(tensors, batch, trunk);
      const heads = Object.fromEntries(Object.entries(tensors).filter(([name]) => !isTrunk(name)));
      if (objective === "vision") return classify(avgpool, heads);
      if (objective === "contrastive") {
        return np.matmul(projectImages(avgpool, heads), encodeCaptions(target, heads).transpose([1, 0]));
      }
      return np.matmul(predictEmbedding(avgpool, heads), target.transpose([1, 0]));
    }) as never,
  ) as unknown as (tensors: Tensors, batch: np.Array, target: np.Array) => np.Array;
  const tensors = upload(weights);
  const fillTarget = targetsFor(objective, source);
  let right = 0, chance = 0;
  for (let start = 0; start < images.count; start += GROUP) {
    const places = Array.from({ length: GROUP }, (_, i) => start + i);
    const target = fillTarget(places), width = target.length / GROUP;
    const table = await scores(
      tree.ref(tensors as never) as unknown as Tensors,
      batchOf(images, places),
      np.array(target, { shape: [GROUP, width] }),
    ).data();
    const columns = table.length / GROUP;
    const rows = places.map((_, row) => target.subarray(row * width, (row + 1) * width).join());
    for (const [row, place] of places.entries()) {
      let best = 0;
      for (let column = 1; column < columns; column++) {
        if (table[row * columns + column] > table[row * columns + best]) best = column;
      }
      if (objective === "vision") {
        right += Number(best === images.classes[place]);
        chance += 1 / classes;
      } else {
        right += Number(rows[best] === rows[row]);
        chance += rows.filter((other) => other === rows[row]).length / GROUP;
      }
    }
  }
  tree.dispose(tensors as never);
  return {
    task: TASKS[objective](classes),
    value: share(right, images.count),
    chance: share(chance, images.count),
    images: images.count,
  };
}

/** What the trunk makes of images after its global average pool, `[images, channels]`. */
export async function pooledFeatures(
  weights: ReadonlyMap<string, NamedTensor>,
  images: LabelledImages,
  trunk: TrunkPlan,
): Promise<Float32Array[]> {
  const run = jit(
    ((tensors: Tensors, batch: np.Array): np.Array => {
      const { avgpool, ...layers } = runTrunk(tensors, batch, trunk);
      Object.values(layers).forEach((layer) => layer.dispose());
      return avgpool;
    }) as never,
  ) as unknown as (tensors: Tensors, batch: np.Array) => np.Array;
  const tensors = upload(new Map([...weights].filter(([name]) => isTrunk(name))));
  const rows: Float32Array[] = [];
  for (let start = 0; start < images.count; start += GROUP) {
    // The last group is filled up with its last image, so that one compiled function serves all.
    const places = Array.from({ length: GROUP }, (_, i) => Math.min(start + i, images.count - 1));
    const table = await run(tree.ref(tensors as never) as unknown as Tensors, batchOf(images, places)).data();
    const width = table.length / GROUP;
    places.forEach((_, row) => rows.push(new Float32Array(table.slice(row * width, (row + 1) * width))));
  }
  tree.dispose(tensors as never);
  return rows.slice(0, images.count);
}
