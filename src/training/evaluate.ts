import type { Device, Session } from "../devices/mod.ts";
import { buildNetwork } from "../networks/mod.ts";
import { memoryCheckpoint, type NamedTensor } from "../weights/mod.ts";
import { GraphOps } from "./_graph_ops.ts";
import type { Fixture } from "./fixture.ts";
import { type ObjectiveName, OBJECTIVES } from "./heads.ts";
import { fillBatch, type LabelledImages } from "./images.ts";
import { targetsFor, type TargetSource } from "./targets.ts";
import { isTrunk } from "./trainer.ts";

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

type Weights = ReadonlyMap<string, NamedTensor>;

/** A network's trunk as its analysis builds it, ready for more nodes. */
async function trunkOf(weights: Weights): Promise<{ ops: GraphOps; image: string; features: string }> {
  const checkpoint = memoryCheckpoint(new Map([...weights].filter(([name]) => isTrunk(name))));
  const { graph, input, layers } = await buildNetwork({ checkpoint, architecture: "mini" });
  return { ops: new GraphOps(graph), image: input.name, features: layers[layers.length - 1].value };
}

async function withSession<T>(ops: GraphOps, device: Device, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await device.open(ops.graph.toBytes());
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

function feedOf(images: LabelledImages, places: readonly number[]): { data: Float32Array; shape: number[] } {
  return { data: fillBatch(images, places), shape: [places.length, 3, images.side, images.side] };
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
  device: Device,
): Promise<Accuracy> {
  const { images, classes } = source, fillTarget = targetsFor(objective, source), width = fillTarget([0]).length;
  const { ops, image, features } = await trunkOf(weights);
  const tensors: Record<string, string> = {};
  for (const [name, { data, shape }] of weights) {
    if (!isTrunk(name)) tensors[name] = ops.graph.constant(data, shape, `head/${name}`);
  }
  const target = ops.graph.input("target", "float32", [GROUP, width]);
  const scores = OBJECTIVES[objective].scores(ops, { features, tensors, target, batch: GROUP });
  ops.graph.output(scores);
  if (objective === "vision") ops.graph.output(ops.graph.node("Identity", [target]));
  let right = 0, chance = 0;
  await withSession(ops, device, async (session) => {
    for (let start = 0; start < images.count; start += GROUP) {
      const places = Array.from({ length: GROUP }, (_, i) => start + i), data = fillTarget(places);
      const found = await session.run({ [image]: feedOf(images, places), target: { data, shape: [GROUP, width] } });
      const table = found[scores].data as Float32Array, columns = table.length / GROUP;
      const rows = places.map((_, row) => data.subarray(row * width, (row + 1) * width).join());
      for (const [row, place] of places.entries()) {
        const own = table.subarray(row * columns, (row + 1) * columns), best = own.indexOf(Math.max(...own));
        if (objective === "vision") {
          right += Number(best === images.classes[place]);
          chance += 1 / classes;
        } else {
          right += Number(rows[best] === rows[row]);
          chance += rows.filter((other) => other === rows[row]).length / GROUP;
        }
      }
    }
  });
  return {
    task: TASKS[objective](classes),
    value: share(right, images.count),
    chance: share(chance, images.count),
    images: images.count,
  };
}

/** What the trunk makes of images after its global average pool, `[images][channels]`. */
export async function pooledFeatures(
  weights: Weights,
  images: LabelledImages,
  device: Device,
): Promise<Float32Array[]> {
  const { ops, image, features } = await trunkOf(weights), rows: Float32Array[] = [];
  ops.graph.output(features);
  await withSession(ops, device, async (session) => {
    for (let start = 0; start < images.count; start += GROUP) {
      const count = Math.min(GROUP, images.count - start);
      const found = await session.run({ [image]: feedOf(images, Array.from({ length: count }, (_, i) => start + i)) });
      const table = found[features].data as Float32Array, width = table.length / count;
      for (let row = 0; row < count; row++) rows.push(table.slice(row * width, (row + 1) * width));
    }
  });
  return rows;
}
