import { GraphBuilder } from "../onnx/mod.ts";
import { type Checkpoint, findPrefix, scopeTo } from "../weights/browser.ts";
import { exactGelu, layerNorm, scaleBy } from "./_attention.ts";
import { GraphParts, type Map3 } from "./_graph_parts.ts";
import { type LayerEntry, placeLayers } from "./_place_layers.ts";
import { channelMeans } from "./_pooling.ts";
import type { Network } from "./network.ts";

/** How a ConvNeXt is built from its tensors. */
export interface ConvNextOptions {
  /** Rows and columns of the image. @default 224 */
  readonly side?: number;
}

interface Block {
  readonly depthwise: string;
  readonly norm: string;
  readonly up: string;
  readonly down: string;
  /** What each channel of the result is multiplied by. */
  readonly scale: string;
}

/** What differs between the namings; stages count from 0. */
interface Naming {
  readonly landmarks: readonly string[];
  readonly stem: { readonly name: string; readonly convolution: string; readonly norm: string };
  readonly shrink: (stage: number) => { readonly norm: string; readonly convolution: string };
  readonly stage: (stage: number) => string;
  readonly block: (stage: number, block: number) => string;
  readonly parts: (block: string) => Block;
  /** Norm of the pooled features, the last layer. */
  readonly after: string;
}

const TORCHVISION: Naming = {
  landmarks: ["features.1.0.layer_scale", "features.0.0.weight", "features.0.1.weight", "classifier.0.weight"],
  stem: { name: "features.0", convolution: "features.0.0", norm: "features.0.1" },
  shrink: (stage) => ({ norm: `features.${2 * stage}.0`, convolution: `features.${2 * stage}.1` }),
  stage: (stage) => `features.${2 * stage + 1}`,
  block: (stage, block) => `features.${2 * stage + 1}.${block}`,
  parts: (block) => ({
    depthwise: `${block}.block.0`,
    norm: `${block}.block.2`,
    up: `${block}.block.3`,
    down: `${block}.block.5`,
    scale: `${block}.layer_scale`,
  }),
  after: "classifier.0",
};

const TIMM: Naming = {
  landmarks: ["stages.0.blocks.0.gamma", "stages.0.blocks.0.conv_dw.weight", "stem.0.weight", "head.norm.weight"],
  stem: { name: "stem", convolution: "stem.0", norm: "stem.1" },
  shrink: (stage) => ({ norm: `stages.${stage}.downsample.0`, convolution: `stages.${stage}.downsample.1` }),
  stage: (stage) => `stages.${stage}`,
  block: (stage, block) => `stages.${stage}.blocks.${block}`,
  parts: (block) => ({
    depthwise: `${block}.conv_dw`,
    norm: `${block}.norm`,
    up: `${block}.mlp.fc1`,
    down: `${block}.mlp.fc2`,
    scale: `${block}.gamma`,
  }),
  after: "head.norm",
};

/** The authors' own. */
const ORIGINAL: Naming = {
  landmarks: ["stages.0.0.gamma", "stages.0.0.dwconv.weight", "downsample_layers.0.0.weight", "norm.weight"],
  stem: { name: "downsample_layers.0", convolution: "downsample_layers.0.0", norm: "downsample_layers.0.1" },
  shrink: (stage) => ({ norm: `downsample_layers.${stage}.0`, convolution: `downsample_layers.${stage}.1` }),
  stage: (stage) => `stages.${stage}`,
  block: (stage, block) => `stages.${stage}.${block}`,
  parts: (block) => ({
    depthwise: `${block}.dwconv`,
    norm: `${block}.norm`,
    up: `${block}.pwconv1`,
    down: `${block}.pwconv2`,
    scale: `${block}.gamma`,
  }),
  after: "norm",
};

const NAMINGS = [TORCHVISION, TIMM, ORIGINAL];

/** Names that only a ConvNeXt has, in each naming. */
export const CONVNEXT: readonly (readonly string[])[] = NAMINGS.map(({ landmarks }) => landmarks);

const EPSILON = 1e-6;

/**
 * Builds a ConvNeXt (Liu et al. 2022, arXiv:2201.03545) from tensors with torchvision's, timm's or its authors' names, under
 * any prefix; depths and widths are read off the shapes.
 *
 * Layers, by torchvision's names (timm's, the authors'): `features.0` (`stem`, `downsample_layers.0`), the stem after its norm;
 * `features.N.B` (`stages.S.blocks.B`, `stages.S.B`), every block after its sum; `classifier.0` (`head.norm`, `norm`), the
 * channels' means after the last norm. The last block of a stage closes it, under the stage's name.
 *
 * @throws {Error} where tensors are missing or their shapes make no such network.
 */
export async function buildConvNext(checkpoint: Checkpoint, options: ConvNextOptions = {}): Promise<Network> {
  const naming = NAMINGS.find(({ landmarks }) => findPrefix(checkpoint, landmarks) !== undefined) ?? TORCHVISION;
  const parts = new GraphParts(new GraphBuilder("convnext"), scopeTo(checkpoint, naming.landmarks));
  const { side = 224 } = options;
  const image = parts.graph.input("image", "float32", ["batch", 3, side, side]);
  const { name, convolution, norm } = naming.stem;
  let map: Map3 = await shrink(parts, { value: image, shape: [3, side, side] }, convolution);
  map = await normChannels(parts, map, norm, name);
  const layers: LayerEntry[] = [{ ...map, name, stage: name }];
  for (let stage = 0; parts.has(naming.parts(naming.block(stage, 0)).scale); stage++) {
    if (stage > 0) {
      const { norm, convolution } = naming.shrink(stage);
      map = await shrink(parts, await normChannels(parts, map, norm), convolution);
    }
    for (let block = 0; parts.has(naming.parts(naming.block(stage, block)).scale); block++) {
      const name = naming.block(stage, block);
      map = await convNextBlock(parts, map, naming.parts(name), name);
      const last = !parts.has(naming.parts(naming.block(stage, block + 1)).scale);
      layers.push({ ...map, name, ...(last ? { stage: naming.stage(stage) } : {}) });
    }
  }
  const { after } = naming, dimensions = map.shape[0];
  const pooled = channelMeans(parts, map);
  const value = await layerNorm(parts, pooled, { norm: after, dimensions, epsilon: EPSILON, output: after });
  layers.push({ name: after, value, shape: [dimensions], stage: after });
  const { graph } = parts;
  const placed = placeLayers(layers, { graph, input: image });
  return { graph, input: { name: image, shape: [3, side, side] }, layers: placed };
}

/** A convolution over patches that do not overlap. */
async function shrink(parts: GraphParts, map: Map3, convolution: string): Promise<Map3> {
  const stride = parts.shape(`${convolution}.weight`, 4)[2];
  return await parts.convolution(map, convolution, { stride, padding: 0 });
}

function move(parts: GraphParts, value: string, to: "last" | "first", name?: string): string {
  return parts.graph.node("Transpose", [value], { perm: to === "last" ? [0, 2, 3, 1] : [0, 3, 1, 2] }, name);
}

/** Layer norm over the channels of each place. */
async function normChannels(parts: GraphParts, map: Map3, norm: string, name?: string): Promise<Map3> {
  const last = move(parts, map.value, "last");
  const normed = await layerNorm(parts, last, { norm, dimensions: map.shape[0], epsilon: EPSILON });
  return { ...map, value: move(parts, normed, "first", name) };
}

async function convNextBlock(parts: GraphParts, input: Map3, names: Block, name: string): Promise<Map3> {
  const [dimensions] = input.shape;
  const { value } = await parts.convolution(input, names.depthwise);
  const last = move(parts, value, "last");
  const normed = await layerNorm(parts, last, { norm: names.norm, dimensions, epsilon: EPSILON });
  const up = exactGelu(parts, await parts.linear(normed, `${names.up}.weight`, `${names.up}.bias`));
  const down = await parts.linear(up, `${names.down}.weight`, `${names.down}.bias`);
  const scaled = await scaleBy(parts, down, names.scale, dimensions);
  return { ...input, value: parts.graph.node("Add", [input.value, move(parts, scaled, "first")], {}, name) };
}
