import { GraphBuilder } from "../onnx/mod.ts";
import { type Checkpoint, scopeTo } from "../weights/browser.ts";
import { attend, queryScale } from "./_attention.ts";
import { GraphParts, type Map3 } from "./_graph_parts.ts";
import { type LayerEntry, placeLayers } from "./_place_layers.ts";
import type { Network } from "./network.ts";

/** How CLIP's convolutional tower is built from its tensors. */
export interface ClipResNetOptions {
  /** Heads of the attention pool; by default one for 64 channels, as in every CLIP of this kind. */
  readonly heads?: number;
}

/**
 * Builds the image tower of a convolutional CLIP (RN50, RN101; Radford et al. 2021, arXiv:2103.00020) from tensors with
 * OpenAI's names, under any prefix such as `visual.`; the number of blocks, widths and the size of the image are read off
 * the shapes.
 *
 * It is not torchvision's ResNet: three convolutions make the stem, every stride is an average pool, and attention with one
 * query pools the last map. Layers: `relu3` (the stem before its pool), `layerN.B` for every block, `attnpool` (the joint
 * embedding).
 *
 * @throws {Error} where tensors are missing or their shapes make no such tower.
 */
export async function buildClipResNet(checkpoint: Checkpoint, options: ClipResNetOptions = {}): Promise<Network> {
  const weights = scopeTo(checkpoint, ["attnpool.q_proj.weight", "conv3.weight", "layer1.0.conv1.weight"]);
  const parts = new GraphParts(new GraphBuilder("clip-resnet"), weights);
  const [tokens] = parts.shape("attnpool.positional_embedding", 2);
  const grid = Math.sqrt(tokens - 1);
  if (!Number.isInteger(grid)) throw parts.mismatch("attnpool.positional_embedding", "one row more than a square");
  const side = 32 * grid;
  const image = parts.graph.input("image", "float32", ["batch", 3, side, side]);
  let map: Map3 = { value: image, shape: [3, side, side] };
  map = await parts.convolution(map, "conv1", { stride: 2, norm: "bn1", relu: true });
  map = await parts.convolution(map, "conv2", { norm: "bn2", relu: true });
  map = await parts.convolution(map, "conv3", { norm: "bn3", relu: true, name: "relu3" });
  const layers: LayerEntry[] = [{ ...map, name: "relu3", stage: "relu3" }];
  map = parts.averagePool(map, 2);
  for (let stage = 1; stage <= 4; stage++) {
    for (let block = 0; block === 0 || parts.has(`layer${stage}.${block}.conv1.weight`); block++) {
      const name = `layer${stage}.${block}`;
      map = await bottleneck(parts, map, name, stage > 1 && block === 0 ? 2 : 1);
      const last = !parts.has(`layer${stage}.${block + 1}.conv1.weight`);
      layers.push({ ...map, name, ...(last ? { stage: `layer${stage}` } : {}) });
    }
  }
  const [features] = parts.shape("attnpool.c_proj.weight", 2);
  const pool = await attentionPool(parts, map, options.heads ?? map.shape[0] / 64);
  layers.push({ name: "attnpool", value: pool, shape: [features], stage: "attnpool" });
  const { graph } = parts;
  const placed = placeLayers(layers, { graph, input: image });
  return { graph, input: { name: image, shape: [3, side, side] }, layers: placed };
}

async function bottleneck(parts: GraphParts, input: Map3, name: string, stride: number): Promise<Map3> {
  let map = await parts.convolution(input, `${name}.conv1`, { norm: `${name}.bn1`, relu: true });
  map = await parts.convolution(map, `${name}.conv2`, { norm: `${name}.bn2`, relu: true });
  if (stride > 1) map = parts.averagePool(map, stride);
  map = await parts.convolution(map, `${name}.conv3`, { norm: `${name}.bn3` });
  let skip = input;
  if (parts.has(`${name}.downsample.0.weight`)) {
    const pooled = stride > 1 ? parts.averagePool(input, stride) : input;
    skip = await parts.convolution(pooled, `${name}.downsample.0`, { norm: `${name}.downsample.1` });
  }
  if (skip.shape.join() !== map.shape.join()) {
    throw new Error(
      `Cannot build the network: block ${name} adds [${skip.shape.join(", ")}] to [${map.shape.join(", ")}]; ` +
        `expected equal shapes`,
    );
  }
  const sum = parts.graph.node("Add", [map.value, skip.value]);
  return { value: parts.graph.node("Relu", [sum], {}, name), shape: map.shape };
}

/** The mean of the map asks once, the mean and every position answer; the result is called `attnpool`. */
async function attentionPool(parts: GraphParts, { value, shape }: Map3, heads: number): Promise<string> {
  const { graph } = parts;
  const [channels, rows, columns] = shape;
  const count = rows * columns;
  const flat = graph.node("Reshape", [value, graph.constant(new BigInt64Array([0n, BigInt(channels), -1n]), [3])]);
  const positions = graph.node("Transpose", [flat], { perm: [0, 2, 1] });
  const mean = graph.node("ReduceMean", [positions], { axes: [1], keepdims: 1 });
  const embedding = await parts.constant("attnpool.positional_embedding", [count + 1, channels]);
  const tokens = graph.node("Add", [graph.node("Concat", [mean, positions], { axis: 1 }), embedding]);
  const first = graph.node("Slice", [
    tokens,
    graph.constant(new BigInt64Array([0n]), [1]),
    graph.constant(new BigInt64Array([1n]), [1]),
    graph.constant(new BigInt64Array([1n]), [1]),
  ]);
  const project = (x: string, name: string, factor = 1): Promise<string> =>
    parts.linear(x, `attnpool.${name}.weight`, `attnpool.${name}.bias`, factor);
  const q = await project(first, "q_proj", queryScale(heads, channels));
  const k = await project(tokens, "k_proj");
  const v = await project(tokens, "v_proj");
  const pooled = await project(attend(parts, { q, k, v }, heads, channels), "c_proj");
  return graph.node("Flatten", [pooled], { axis: 1 }, "attnpool");
}
