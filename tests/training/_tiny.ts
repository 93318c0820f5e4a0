import { type Device, openDevice } from "../../src/devices/mod.ts";
import type { NamedTensor } from "../../src/weights/mod.ts";
import { uniform } from "../../src/training/_uniform.ts";
import { initializeHeads, type ObjectiveName } from "../../src/training/heads.ts";
import type { TrainingPlan } from "../../src/training/trainer.ts";
import type { TrunkPlan } from "../../src/training/trunk_graph.ts";

/** A trunk small enough to train in a second, with both kinds of block. */
export const TINY: TrunkPlan = { side: 16, widths: [4, 8], blocks: 1 };

/** Shapes of a trunk's trainable tensors, by torchvision's names. */
function trunkShapes({ widths, blocks }: TrunkPlan): Record<string, number[]> {
  const shapes: Record<string, number[]> = { "conv1.weight": [widths[0], 3, 3, 3] };
  const norm = (name: string, channels: number): void => {
    shapes[`${name}.weight`] = [channels];
    shapes[`${name}.bias`] = [channels];
  };
  norm("bn1", widths[0]);
  widths.forEach((width, stage) => {
    for (let block = 0; block < blocks; block++) {
      const name = `layer${stage + 1}.${block}`, halves = stage > 0 && block === 0;
      const input = halves ? widths[stage - 1] : width;
      shapes[`${name}.conv1.weight`] = [width, input, 3, 3];
      norm(`${name}.bn1`, width);
      shapes[`${name}.conv2.weight`] = [width, width, 3, 3];
      norm(`${name}.bn2`, width);
      if (!halves) continue;
      shapes[`${name}.downsample.0.weight`] = [width, input, 1, 1];
      norm(`${name}.downsample.1`, width);
    }
  });
  return shapes;
}

/** A training of it. */
export function tinyPlan(objective: ObjectiveName, steps: number): TrainingPlan {
  return { trunk: TINY, objective, batch: 8, steps, learningRate: 5e-3 };
}

/** Seeded weights of {@linkcode TINY} with an objective's heads; gains and variances near 1. */
export function tinyWeights(objective: ObjectiveName, seed: number): Map<string, NamedTensor> {
  const shapes = trunkShapes(TINY), weights = new Map<string, NamedTensor>();
  const add = (name: string, shape: number[], centre: number): void => {
    const data = uniform(shape.reduce((product, size) => product * size, 1), 0.3, seed, name);
    weights.set(name, { shape, data: data.map((value) => value + centre) });
  };
  for (const [name, shape] of Object.entries(shapes)) {
    add(name, shape, shape.length === 1 && name.endsWith(".weight") ? 1 : 0);
    if (!name.endsWith(".bias")) continue;
    add(name.replace(/bias$/, "running_mean"), shape, 0);
    add(name.replace(/bias$/, "running_var"), shape, 1);
  }
  const sizes = { features: 8, classes: 4, embedding: 6, vocabulary: 5 };
  return new Map([...weights, ...initializeHeads(objective, sizes, seed)]);
}

/** Eight images of noise, each brighter in a quadrant of its own, and their quadrants one-hot. */
export function tinyBatch(seed: number): { images: Float32Array<ArrayBuffer>; target: Float32Array<ArrayBuffer> } {
  const images = uniform(8 * 3 * 16 * 16, 0.5, seed, "images"), target = new Float32Array(8 * 4);
  for (let image = 0; image < 8; image++) {
    const quadrant = image % 4;
    target[image * 4 + quadrant] = 1;
    for (let i = 0; i < 3 * 256; i++) {
      const row = (i >> 4) & 15, column = i & 15;
      if ((row >> 3) * 2 + (column >> 3) === quadrant) images[image * 768 + i] += 1;
    }
  }
  return { images, target };
}

/** Gives work the processor, on one thread. */
export async function withCpu(work: (device: Device) => Promise<void>): Promise<void> {
  const device = await openDevice("cpu", { threads: 1 });
  try {
    await work(device);
  } finally {
    await device.close();
  }
}
