import { GraphBuilder } from "../onnx/mod.ts";
import { type Checkpoint, scopeTo } from "../weights/mod.ts";
import { type BlockNames, type BlockOptions, layerNorm, type Tokens, transformerBlock } from "./_attention.ts";
import { GraphParts } from "./_graph_parts.ts";
import { type LayerEntry, placeLayers } from "./_place_layers.ts";
import type { Network } from "./network.ts";

/** How a Vision Transformer is built from its tensors. */
export interface VitOptions {
  /** Attention heads, which no shape tells; by default one for 64 dimensions. To be given for a ViT-S, of 384. */
  readonly heads?: number;
  /** The activation; by default what the file's kind was trained with: OpenAI's quick GELU for CLIP, the exact for timm. */
  readonly gelu?: "quick" | "exact";
}

/** What differs between the two namings. */
interface Dialect {
  readonly patch: string;
  readonly classToken: string;
  readonly positions: string;
  /** Norm before the first block. */
  readonly before?: string;
  /** Norm of the class token at the end, the last layer. */
  readonly after: string;
  readonly block: string;
  readonly names: (block: string) => BlockNames;
  readonly defaults: Pick<BlockOptions, "epsilon" | "gelu">;
}

const CLIP: Dialect = {
  patch: "conv1",
  classToken: "class_embedding",
  positions: "positional_embedding",
  before: "ln_pre",
  after: "ln_post",
  block: "transformer.resblocks",
  names: (block) => ({
    norm1: `${block}.ln_1`,
    projection: { weight: `${block}.attn.in_proj_weight`, bias: `${block}.attn.in_proj_bias` },
    out: `${block}.attn.out_proj`,
    norm2: `${block}.ln_2`,
    up: `${block}.mlp.c_fc`,
    down: `${block}.mlp.c_proj`,
  }),
  defaults: { epsilon: 1e-5, gelu: "quick" },
};

const TIMM: Dialect = {
  patch: "patch_embed.proj",
  classToken: "cls_token",
  positions: "pos_embed",
  after: "norm",
  block: "blocks",
  names: (block) => ({
    norm1: `${block}.norm1`,
    projection: { weight: `${block}.attn.qkv.weight`, bias: `${block}.attn.qkv.bias` },
    out: `${block}.attn.proj`,
    norm2: `${block}.norm2`,
    up: `${block}.mlp.fc1`,
    down: `${block}.mlp.fc2`,
  }),
  defaults: { epsilon: 1e-6, gelu: "exact" },
};

/**
 * Builds the image tower of a CLIP with a Vision Transformer (ViT-B/32, ViT-B/16; Radford et al. 2021, arXiv:2103.00020) from
 * tensors with OpenAI's names, under any prefix such as `visual.`; sizes are read off the shapes.
 *
 * Layers: `transformer.resblocks.N` after every block, `[tokens, dimensions]` with the class token first, and `ln_post`, the
 * class token after the last norm, before it is projected to the joint space. Every quarter of the blocks closes a stage.
 *
 * @throws {Error} where tensors are missing or their shapes make no such tower.
 */
export async function buildClipVit(checkpoint: Checkpoint, options: VitOptions = {}): Promise<Network> {
  return await buildVit(scopeTo(checkpoint, ["class_embedding", "ln_pre.weight", "conv1.weight"]), CLIP, options);
}

/**
 * Builds a Vision Transformer from tensors with timm's names, as SLIP (Mu et al. 2022, arXiv:2112.12750), MoCo v3 and DINO
 * release them, under any prefix such as `module.visual.`; sizes are read off the shapes.
 *
 * Layers: `blocks.N` after every block, `[tokens, dimensions]` with the class token first, and `norm`, the class token after the
 * last norm. Every quarter of the blocks closes a stage.
 *
 * @throws {Error} where tensors are missing or their shapes make no such network.
 */
export async function buildTimmVit(checkpoint: Checkpoint, options: VitOptions = {}): Promise<Network> {
  return await buildVit(scopeTo(checkpoint, ["cls_token", "patch_embed.proj.weight", "pos_embed"]), TIMM, options);
}

/** The width of ViT-S, which timm gives 6 heads and MoCo v3 and SLIP 12; everybody else's heads have 64 dimensions. */
const AMBIGUOUS = 384;

async function buildVit(weights: Checkpoint, dialect: Dialect, options: VitOptions): Promise<Network> {
  const parts = new GraphParts(new GraphBuilder("vit"), weights);
  const { graph } = parts;
  const [dimensions, , patch] = parts.shape(`${dialect.patch}.weight`, 4);
  const count = weights.tensors.get(dialect.positions)?.shape.at(-2) ?? 0;
  const grid = Math.sqrt(count - 1);
  if (!Number.isInteger(grid) || grid < 1) throw parts.mismatch(dialect.positions, "one row more than a square");
  const side = patch * grid;
  if (dimensions === AMBIGUOUS && options.heads === undefined) {
    throw new Error(
      `Cannot build the network: no shape tells its heads over ${dimensions} dimensions; expected 6 (timm) or 12 (SLIP) as an option`,
    );
  }
  const block: BlockOptions = { heads: dimensions / 64, ...dialect.defaults, ...options };
  let tokens = await embed(parts, dialect, side, count);
  if (dialect.before !== undefined) {
    const names = { norm: dialect.before, dimensions, epsilon: block.epsilon };
    tokens = { ...tokens, value: await layerNorm(parts, tokens.value, names) };
  }
  const blocks: LayerEntry[] = [];
  for (let index = 0; parts.has(`${dialect.names(`${dialect.block}.${index}`).norm1}.weight`); index++) {
    const name = `${dialect.block}.${index}`;
    tokens = await transformerBlock(parts, tokens, dialect.names(name), { ...block, name });
    blocks.push({ name, value: tokens.value, shape: [count, dimensions] });
  }
  const first = graph.node("Gather", [tokens.value, graph.constant(new BigInt64Array([0n]), [])], { axis: 1 });
  const last = { norm: dialect.after, dimensions, epsilon: block.epsilon, output: dialect.after };
  const pool = await layerNorm(parts, first, last);
  const staged = blocks.map((layer, index) =>
    closesQuarter(index, blocks.length) ? { ...layer, stage: layer.name } : layer
  );
  const layers = placeLayers([...staged, {
    name: dialect.after,
    value: pool,
    shape: [dimensions],
    stage: dialect.after,
  }]);
  return { graph, input: { name: "image", shape: [3, side, side] }, layers };
}

function closesQuarter(index: number, blocks: number): boolean {
  return Math.floor(4 * (index + 1) / blocks) > Math.floor(4 * index / blocks);
}

/** Patches as tokens behind the class token, which takes the place that padding makes, with their positions added. */
async function embed(parts: GraphParts, dialect: Dialect, side: number, count: number): Promise<Tokens> {
  const { graph } = parts;
  const [dimensions, , patch] = parts.shape(`${dialect.patch}.weight`, 4);
  const image = graph.input("image", "float32", ["batch", 3, side, side]);
  const input = { value: image, shape: [3, side, side] } as const;
  const map = await parts.convolution(input, dialect.patch, { stride: patch, padding: 0 });
  const shape = graph.constant(new BigInt64Array([0n, BigInt(dimensions), -1n]), [3]);
  const patches = graph.node("Transpose", [graph.node("Reshape", [map.value, shape])], { perm: [0, 2, 1] });
  const padding = graph.constant(new BigInt64Array([0n, 1n, 0n, 0n, 0n, 0n]), [6]);
  const positions = Float32Array.from(await parts.flat(dialect.positions, count * dimensions));
  const token = await parts.flat(dialect.classToken, dimensions);
  for (let i = 0; i < dimensions; i++) positions[i] += token[i];
  const placed = graph.constant(positions, [1, count, dimensions]);
  return { value: graph.node("Add", [graph.node("Pad", [patches, padding]), placed]), count, dimensions };
}
