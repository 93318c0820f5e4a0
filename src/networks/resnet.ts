import { GraphBuilder } from "../onnx/mod.ts";
import { type Checkpoint, scopeTo } from "../weights/browser.ts";
import { GraphParts, type Map3 } from "./_graph_parts.ts";
import { type LayerEntry, placeLayers } from "./_place_layers.ts";
import { channelMeans, maxPool } from "./_pooling.ts";
import type { Network } from "./network.ts";

/** How a convolutional network is built from its tensors. */
export interface ResNetOptions {
  /** Rows and columns of the image; by default what the stem was made for: 224 (7×7 kernel) or 64 (3×3). */
  readonly side?: number;
  /**
   * Whether batch norms are folded into the convolutions before them: the same numbers to rounding. Without it the
   * runtime has to do it each time a session opens.
   *
   * @default true
   */
  readonly fold?: boolean;
}

/**
 * Builds a ResNet from tensors with torchvision's names, of any depth: basic or bottleneck blocks, their number, widths
 * and groups are read off the shapes. A stem of 7×7 is torchvision's (stride 2, then max pool), one of 3×3 is the mini
 * trunk's (stride 2, no pool).
 *
 * Layers, all after their ReLU: `relu` (the stem before its pool), `layerN.B` for every block, `avgpool`. The first tensor
 * names may carry any common prefix (`model.`, `module.`, `visual.cnn.`); the classifier is not needed.
 *
 * @throws {Error} where tensors are missing or their shapes make no ResNet.
 */
export async function buildResNet(checkpoint: Checkpoint, options: ResNetOptions = {}): Promise<Network> {
  const weights = scopeTo(checkpoint, ["conv1.weight", "bn1.weight", "layer1.0.conv1.weight"]);
  const parts = new GraphParts(new GraphBuilder("resnet"), weights, options.fold);
  if (parts.has("conv2.weight")) {
    throw new Error("Cannot build the network: its stem has several convolutions; expected torchvision's, of one");
  }
  const kernel = parts.shape("conv1.weight", 4)[2];
  const pooled = kernel === 7;
  if (!pooled && kernel !== 3) throw parts.mismatch("conv1.weight", "a kernel of 7×7 or 3×3");
  const side = options.side ?? (pooled ? 224 : 64);
  const image = parts.graph.input("image", "float32", ["batch", 3, side, side]);
  let map = await parts.convolution(
    { value: image, shape: [3, side, side] },
    "conv1",
    { stride: 2, norm: "bn1", relu: true, name: "relu" },
  );
  const layers: LayerEntry[] = [{ ...map, name: "relu", stage: "relu" }];
  if (pooled) map = maxPool(parts, map, { side: 3, stride: 2, padding: 1 });
  for (let stage = 1; parts.has(`layer${stage}.0.conv1.weight`); stage++) {
    for (let block = 0; parts.has(`layer${stage}.${block}.conv1.weight`); block++) {
      const name = `layer${stage}.${block}`;
      map = await residualBlock(parts, map, name, stage > 1 && block === 0 ? 2 : 1);
      const last = !parts.has(`layer${stage}.${block + 1}.conv1.weight`);
      layers.push({ ...map, name, ...(last ? { stage: `layer${stage}` } : {}) });
    }
  }
  const pool = channelMeans(parts, map, "avgpool");
  layers.push({ name: "avgpool", value: pool, shape: [map.shape[0]], stage: "avgpool" });
  const { graph } = parts;
  const placed = placeLayers(layers, { graph, input: image });
  return { graph, input: { name: image, shape: [3, side, side] }, layers: placed };
}

async function residualBlock(parts: GraphParts, input: Map3, name: string, stride: number): Promise<Map3> {
  const bottleneck = parts.has(`${name}.conv3.weight`);
  const first = { stride: bottleneck ? 1 : stride, norm: `${name}.bn1`, relu: true };
  let map = await parts.convolution(input, `${name}.conv1`, first);
  const second = { stride: bottleneck ? stride : 1, norm: `${name}.bn2`, relu: bottleneck };
  map = await parts.convolution(map, `${name}.conv2`, second);
  if (bottleneck) map = await parts.convolution(map, `${name}.conv3`, { norm: `${name}.bn3` });
  const skip = parts.has(`${name}.downsample.0.weight`)
    ? await parts.convolution(input, `${name}.downsample.0`, { stride, norm: `${name}.downsample.1` })
    : input;
  if (skip.shape.join() !== map.shape.join()) {
    throw new Error(
      `Cannot build the network: block ${name} adds [${skip.shape.join(", ")}] to [${map.shape.join(", ")}]; ` +
        `expected equal shapes`,
    );
  }
  const sum = parts.graph.node("Add", [map.value, skip.value]);
  return { value: parts.graph.node("Relu", [sum], {}, name), shape: map.shape };
}
