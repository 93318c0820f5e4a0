import { numpy as np } from "@jax-js/jax";
import { normalizeRunning } from "./_batch_norm.ts";
import { normalize, type Pass, rectify, residualBlock, type Tensors } from "./_block.ts";
import { convolve, convolvePhases, projectPhase, splitGrid, splitPhases } from "./_convolution.ts";
import { type Grid, makeGrid, makeMask } from "./_grid.ts";

export type { Tensors } from "./_block.ts";
type Array = np.Array;

/** The widths and depths of a trunk, and the image it takes. */
export interface TrunkPlan {
  /** Rows and columns of an image; divisible by 2 to the number of stages. */
  readonly side: number;
  /** Channels of each stage; the stem has the first's. Every stage but the first halves the map. */
  readonly widths: readonly number[];
  readonly blocks: number;
}

/** The trunk that all mini networks share. */
export const MINI_TRUNK: TrunkPlan = { side: 64, widths: [16, 32, 64, 128], blocks: 2 };

/** The trunk on one batch, with the way back through it. */
export interface TrunkPass {
  /** After the global average pool, `[images, channels]`. */
  readonly features: Array;
  /** The batch's mean and unbiased variance by batch norm, as `<name>.running_mean` and `<name>.running_var`. */
  readonly statistics: Tensors;
  /** Gradients by trainable tensor, from the gradient by the features. */
  pull(gradient: Array): Tensors;
}

/** Every block's name, stage, and whether it halves the map. */
function listBlocks({ widths, blocks }: TrunkPlan): { name: string; stage: number; halve: boolean }[] {
  return widths.flatMap((_, stage) =>
    globalThis.Array.from({ length: blocks }, (_, index) => ({
      name: `layer${stage + 1}.${index}`,
      stage,
      halve: stage > 0 && index === 0,
    }))
  );
}

function listGrids({ side, widths }: TrunkPlan, images: number): Grid[] {
  return widths.map((_, stage) => makeGrid(images, side / 2 ** (stage + 1)));
}

/** The mean over each map, `[images, channels]`. */
function averagePool(maps: Array, { images, pitch, side }: Grid): Array {
  return maps.reshape([-1, images, pitch * pitch]).sum(2).mul(1 / (side * side)).transpose([1, 0]);
}

/**
 * One training pass of the trunk, to be traced inside `jit`. Its gradient is written out layer by layer, since the one
 * that the framework derives for the sliced products takes half as long again.
 *
 * @param tensors The trunk's; running statistics are not read.
 * @param images `[images, 3, side, side]`, normalized.
 */
export function trainTrunk(tensors: Tensors, images: Array, plan: TrunkPlan): TrunkPass {
  const grids = listGrids(plan, images.shape[0]);
  const masks = grids.map((grid) => np.array(makeMask(grid)));
  const pass: Pass = { tensors, grids, masks, statistics: {}, gradients: {} };
  const sources = splitPhases(images.transpose([1, 0, 2, 3]), grids[0]);
  const stem = convolvePhases(sources, tensors["conv1.weight"].ref, grids[0]);
  const stemNorm = normalize(pass, stem.output, "bn1", 0);
  const layers = [rectify(pass, stemNorm.output, 0)];
  for (const { name, stage, halve } of listBlocks(plan)) {
    layers.push(residualBlock(pass, layers[layers.length - 1].output, name, stage, halve));
  }
  const last = grids[grids.length - 1];
  return {
    features: averagePool(layers[layers.length - 1].output, last),
    statistics: pass.statistics,
    pull(gradient) {
      const mean = gradient.transpose([1, 0]).mul(1 / (last.side * last.side));
      const spread = np.broadcastTo(mean.reshape([-1, last.images, 1]), [
        mean.shape[0],
        last.images,
        last.pitch * last.pitch,
      ]);
      let pulled = spread.reshape([-1, last.positions]);
      for (const layer of layers.reverse()) pulled = layer.pull(pulled);
      pass.gradients["conv1.weight"] = stem.byWeight(stemNorm.pull(pulled));
      sources.forEach((source) => source.dispose());
      masks.forEach((mask) => mask.dispose());
      return pass.gradients;
    },
  };
}

/**
 * The trunk with running statistics, as at inference, with every layer's activation.
 *
 * @param tensors The trunk's; they stay the caller's.
 * @param images `[images, 3, side, side]`, normalized.
 * @returns Maps `[images, channels, rows, columns]` by layer, and `avgpool` `[images, channels]`.
 */
export function runTrunk(tensors: Tensors, images: Array, plan: TrunkPlan): Tensors {
  const grids = listGrids(plan, images.shape[0]);
  const masks = grids.map((grid) => np.array(makeMask(grid)));
  const weight = (name: string): Array => tensors[`${name}.weight`].ref;
  const norm = (input: Array, name: string): Array =>
    normalizeRunning(input, {
      gain: weight(name),
      shift: tensors[`${name}.bias`].ref,
      mean: tensors[`${name}.running_mean`].ref,
      variance: tensors[`${name}.running_var`].ref,
    });
  const rectified = (input: Array, stage: number): Array => np.maximum(input, 0).mul(masks[stage].ref);
  const layers: Tensors = {};
  const keep = (name: string, maps: Array, { images, pitch, side }: Grid): void => {
    layers[name] = maps.reshape([-1, images, pitch, pitch]).slice([], [], [0, side], [0, side]).transpose([1, 0, 2, 3]);
  };

  const phases = splitPhases(images.transpose([1, 0, 2, 3]), grids[0]);
  let maps = rectified(norm(convolvePhases(phases, weight("conv1"), grids[0]).output, "bn1"), 0);
  phases.forEach((phase) => phase.dispose());
  keep("relu", maps.ref, grids[0]);
  for (const { name, stage, halve } of listBlocks(plan)) {
    const grid = grids[stage];
    let first: Array, shortcut: Array;
    if (halve) {
      const { sources } = splitGrid(maps, grids[stage - 1], grid);
      first = convolvePhases(sources, weight(`${name}.conv1`), grid).output;
      shortcut = norm(projectPhase(sources[0], weight(`${name}.downsample.0`), grid).output, `${name}.downsample.1`);
      sources.forEach((source) => source.dispose());
    } else {
      first = convolve(maps.ref, weight(`${name}.conv1`), grid).output;
      shortcut = maps;
    }
    const middle = rectified(norm(first, `${name}.bn1`), stage);
    const second = convolve(middle, weight(`${name}.conv2`), grid).output;
    maps = rectified(norm(second, `${name}.bn2`).add(shortcut), stage);
    keep(name, maps.ref, grid);
  }
  layers.avgpool = averagePool(maps, grids[grids.length - 1]);
  masks.forEach((mask) => mask.dispose());
  return layers;
}
