import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Device } from "../devices/mod.ts";
import { untrainedResNet } from "../networks/mod.ts";
import type { NamedTensor } from "../weights/mod.ts";
import { shuffled } from "./_uniform.ts";
import { CODE_WIDTH } from "./attribute_code.ts";
import { fillBatch } from "./images.ts";
import { networkId, type NetworkName } from "./networks.ts";
import { type HeadSizes, initializeHeads, type ObjectiveName } from "./heads.ts";
import { readSnapshot, writeSnapshot } from "./snapshot_file.ts";
import { targetsFor, type TargetSource } from "./targets.ts";
import { startFrom, Trainer, type TrainingPlan, weightsOf } from "./trainer.ts";
import { MINI_TRUNK } from "./trunk_graph.ts";

/** What a training run needs. */
export interface RunOptions {
  readonly name: NetworkName;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  /** The images to learn from, and what their targets are made from. */
  readonly source: TargetSource;
  /** Which images they are, in words or a hash; a kept state for others is not gone on from. */
  readonly imagesKey: string;
  /** Where it computes. */
  readonly device: Device;
  /** Where the state and the log are kept. */
  readonly folder: string;
  /** Steps between kept states. */
  readonly keepEvery: number;
  /** Told of each step. */
  readonly onStep?: (step: number, loss: number, imagesPerSecond: number) => void;
}

/** The untrained trunk of a seed. */
export async function initialTrunk(seed: number): Promise<Map<string, NamedTensor>> {
  const trunk = untrainedResNet("mini", seed), weights = new Map<string, NamedTensor>();
  for (const [name, { shape }] of trunk.tensors) weights.set(name, { shape, data: await trunk.read(name) });
  return weights;
}

/** Initial weights of a mini network: the untrained trunk of its seed, and its objective's heads. */
export async function initialWeights(
  objective: ObjectiveName,
  sizes: HeadSizes,
  seed: number,
): Promise<Map<string, NamedTensor>> {
  const weights = await initialTrunk(seed);
  for (const [name, tensor] of initializeHeads(objective, sizes, seed)) weights.set(name, tensor);
  return weights;
}

/** The images of a step: each image once, then all again in another order. */
export function placesAt(step: number, batch: number, count: number, seed: number): Uint32Array {
  const perEpoch = Math.floor(count / batch);
  const epoch = Math.floor(step / perEpoch), start = (step % perEpoch) * batch;
  return shuffled(count, seed, `epoch ${epoch}`).subarray(start, start + batch);
}

/** Trains a mini network, going on from a kept state where there is one, and gives its tensors. */
export async function runTraining(options: RunOptions): Promise<Map<string, NamedTensor>> {
  const { name, steps, batch, learningRate, source, folder, keepEvery } = options;
  const { family: { objective }, seed } = name;
  const plan: TrainingPlan = { trunk: MINI_TRUNK, objective, batch, steps, learningRate };
  const key = JSON.stringify({ ...plan, seed, images: options.imagesKey });
  const path = join(folder, `${networkId(name)}.state.safetensors`);
  const log = join(folder, `${networkId(name)}.log.jsonl`);
  await mkdir(folder, { recursive: true });
  const sizes = {
    features: MINI_TRUNK.widths[MINI_TRUNK.widths.length - 1],
    classes: source.classes,
    embedding: CODE_WIDTH,
    vocabulary: source.terms.length,
  };
  const kept = await readSnapshot(path, key);
  const start = kept ?? startFrom(await initialWeights(objective, sizes, seed));
  const fillTarget = targetsFor(objective, source), { images } = source;
  const trainer = await Trainer.open(plan, start, fillTarget([0]).length, options.device);
  try {
    while (trainer.step < steps) {
      const places = placesAt(trainer.step, batch, images.count, seed);
      const started = performance.now();
      const loss = await trainer.advance(fillBatch(images, places), fillTarget(places));
      const imagesPerSecond = batch * 1000 / (performance.now() - started);
      const line = { step: trainer.step, loss, imagesPerSecond: Math.round(imagesPerSecond * 10) / 10 };
      await appendFile(log, `${JSON.stringify(line)}\n`);
      options.onStep?.(trainer.step, loss, imagesPerSecond);
      if (trainer.step % keepEvery === 0 || trainer.step === steps) {
        await writeSnapshot(path, trainer.snapshot(), key);
      }
    }
    return weightsOf(trainer.snapshot());
  } finally {
    await trainer.close();
  }
}
