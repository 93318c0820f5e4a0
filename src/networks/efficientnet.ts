import { GraphBuilder } from "../onnx/mod.ts";
import { type Checkpoint, findPrefix, scopeTo } from "../weights/browser.ts";
import { type Block, type Naming, TIMM, TORCHVISION, type Unit } from "./_efficientnet_names.ts";
import { type ConvolutionOptions, GraphParts, type Map3 } from "./_graph_parts.ts";
import { type LayerEntry, placeLayers } from "./_place_layers.ts";
import { channelMeans } from "./_pooling.ts";
import type { Network } from "./network.ts";

/** How an EfficientNet is built from its tensors. */
export interface EfficientNetOptions {
  /**
   * Whether the weights come from TensorFlow (timm's `tf_…`): convolutions padded as TensorFlow does, 1e-3 added to the variance
   * by batch norms instead of 1e-5. No tensor with timm's names tells, so there it has to be said; torchvision's never do.
   */
  readonly tensorflow?: boolean;
  /** Whether it has to be a Lite, without squeeze-excitation, or must not be; by default what the names tell. */
  readonly lite?: boolean;
  /** Rows and columns of the image. @default 224 */
  readonly side?: number;
}

/** Names that only an EfficientNet has, in torchvision's naming and in timm's. */
export const EFFICIENTNET: readonly (readonly string[])[] = [TORCHVISION.landmarks, TIMM.landmarks];

/** By which each stage's first block makes the map smaller. */
const STRIDES = [1, 2, 2, 2, 1, 2, 1];

/** The last convolution of B5, from which on torchvision's batch norms add another number to the variance. */
const WIDE = 2048;

/** What convolutions of this network have in common. */
type Style = Required<Pick<EfficientNetOptions, "tensorflow" | "lite">>;

/**
 * Builds an EfficientNet (B0 to B4; Tan and Le 2019, arXiv:1905.11946) or an EfficientNet-Lite from tensors with torchvision's or
 * timm's names, under any prefix; depths, widths and kernels are read off the shapes. Without squeeze-excitation it is a Lite,
 * whose activation is ReLU6; else it is SiLU.
 *
 * Layers, by torchvision's names (timm's): `features.0` (`bn1`), the stem after its activation; `features.S.B` (`blocks.S.B`),
 * every block, whose last convolution has no activation; `features.8` (`bn2`), the last convolution after its activation;
 * `avgpool` (`global_pool`). The last block of a stage closes it, under the stage's name.
 *
 * @throws {Error} where tensors are missing, their shapes make no such network, or nobody said whether the weights are
 *   TensorFlow's.
 */
export async function buildEfficientNet(checkpoint: Checkpoint, options: EfficientNetOptions = {}): Promise<Network> {
  const naming = findPrefix(checkpoint, TIMM.landmarks) === undefined ? TORCHVISION : TIMM;
  const parts = new GraphParts(new GraphBuilder("efficientnet"), scopeTo(checkpoint, naming.landmarks));
  const style = styleOf(parts, naming, options);
  const { side = 224 } = options;
  const image = parts.graph.input("image", "float32", ["batch", 3, side, side]);
  const { stem, pool } = naming;
  let map: Map3 = { value: image, shape: [3, side, side] };
  map = activate(parts, await convolve(parts, map, stem.unit, style, { stride: 2 }), style, stem.name);
  const layers: LayerEntry[] = [{ ...map, name: stem.name, stage: stem.name }];
  const has = (tensor: string): boolean => parts.has(tensor);
  const exists = (name: string): boolean => has(`${naming.block(name, has).depthwise[0]}.weight`);
  for (const [stage, stride] of STRIDES.entries()) {
    const prefix = naming.stage(stage);
    for (let block = 0; block === 0 || exists(`${prefix}.${block}`); block++) {
      const name = `${prefix}.${block}`;
      map = await mobileBlock(parts, map, naming.block(name, has), { style, stride: block === 0 ? stride : 1, name });
      layers.push({ ...map, name, ...(exists(`${prefix}.${block + 1}`) ? {} : { stage: prefix }) });
    }
  }
  const head = naming.head(STRIDES.length);
  map = activate(parts, await convolve(parts, map, head.unit, style), style, head.name);
  layers.push({ ...map, name: head.name, stage: head.name });
  layers.push({ name: pool, value: channelMeans(parts, map, pool), shape: [map.shape[0]], stage: pool });
  const { graph } = parts;
  const placed = placeLayers(layers, { graph, input: image });
  return { graph, input: { name: image, shape: [3, side, side] }, layers: placed };
}

function styleOf(parts: GraphParts, naming: Naming, { tensorflow, lite }: EfficientNetOptions): Style {
  const { squeeze } = naming.block(`${naming.stage(0)}.0`, (tensor) => parts.has(tensor));
  const found = !parts.has(`${squeeze[0]}.weight`);
  if (lite !== undefined && lite !== found) {
    const wanted = lite ? "none, as in a Lite" : "one";
    throw new Error(`Cannot build the network: it has ${found ? "no" : "a"} squeeze-excitation; expected ${wanted}`);
  }
  if (naming === TORCHVISION && tensorflow === true) {
    throw new Error("Cannot build the network: its names are torchvision's; expected timm's for TensorFlow's weights");
  }
  const [features] = naming === TORCHVISION ? parts.shape("features.8.0.weight", 4) : [0];
  if (features >= WIDE) throw parts.mismatch("features.8.0.weight", `fewer than ${WIDE} outputs, as B0 to B4 have`);
  if (naming === TIMM && tensorflow === undefined) {
    const name = `efficientnet-${found ? "lite0" : "b0"}`;
    throw new Error(
      "Cannot build the network: no tensor tells whether its weights come from TensorFlow, whose padding and batch norms " +
        `differ; expected it as an option, or as the architecture, such as ${name} or tf-${name}`,
    );
  }
  return { tensorflow: tensorflow ?? false, lite: found };
}

async function convolve(
  parts: GraphParts,
  map: Map3,
  [convolution, norm]: Unit,
  { tensorflow }: Style,
  options: ConvolutionOptions = {},
): Promise<Map3> {
  const source = tensorflow ? { padding: "same", epsilon: 1e-3 } as const : {};
  return await parts.convolution(map, convolution, { norm, ...source, ...options });
}

function silu(parts: GraphParts, value: string, name?: string): string {
  return parts.graph.node("Mul", [value, parts.graph.node("Sigmoid", [value])], {}, name);
}

function activate(parts: GraphParts, map: Map3, { lite }: Style, name?: string): Map3 {
  const { graph } = parts;
  if (!lite) return { ...map, value: silu(parts, map.value, name) };
  const bounds = [0, 6].map((bound) => graph.constant(new Float32Array([bound]), []));
  return { ...map, value: graph.node("Clip", [map.value, ...bounds], {}, name) };
}

interface BlockOptions {
  readonly style: Style;
  readonly stride: number;
  readonly name: string;
}

/** An inverted bottleneck: wider, depthwise, channels weighed by their means, narrow again. */
async function mobileBlock(parts: GraphParts, input: Map3, block: Block, options: BlockOptions): Promise<Map3> {
  const { style, stride, name } = options;
  const depthwise = parts.shape(`${block.depthwise[0]}.weight`, 4);
  if (depthwise[1] !== 1) throw parts.mismatch(`${block.depthwise[0]}.weight`, "one input channel for each output");
  let map = input;
  if (block.expand !== undefined) map = activate(parts, await convolve(parts, map, block.expand, style), style);
  map = activate(parts, await convolve(parts, map, block.depthwise, style, { stride }), style);
  if (!style.lite) map = await squeezeAndExcite(parts, map, block.squeeze);
  const [outputs] = parts.shape(`${block.project[0]}.weight`, 4);
  if (stride !== 1 || outputs !== input.shape[0]) return await convolve(parts, map, block.project, style, { name });
  map = await convolve(parts, map, block.project, style);
  return { ...map, value: parts.graph.node("Add", [map.value, input.value], {}, name) };
}

/** Each channel times a number between 0 and 1 that two layers make of all channels' means (Hu et al. 2018, arXiv:1709.01507). */
async function squeezeAndExcite(parts: GraphParts, map: Map3, [down, up]: Block["squeeze"]): Promise<Map3> {
  const { graph } = parts;
  const mean: Map3 = { value: graph.node("GlobalAveragePool", [map.value]), shape: [map.shape[0], 1, 1] };
  const narrow = await parts.convolution(mean, down);
  const wide = await parts.convolution({ ...narrow, value: silu(parts, narrow.value) }, up);
  if (wide.shape[0] !== map.shape[0]) throw parts.mismatch(`${up}.weight`, `${map.shape[0]} outputs`);
  return { ...map, value: graph.node("Mul", [map.value, graph.node("Sigmoid", [wide.value])]) };
}
