import { GraphBuilder } from "../onnx/mod.ts";
import type { Checkpoint } from "../weights/mod.ts";
import { type BlockNames, type BlockOptions, layerNorm, transformerBlock } from "./_attention.ts";
import { GraphParts } from "./_graph_parts.ts";
import { type EmbeddingNames, type EmbeddingOptions, embedPatches } from "./_patch_tokens.ts";
import { type LayerEntry, placeLayers } from "./_place_layers.ts";
import type { Network } from "./network.ts";

/** How the tensors of a Vision Transformer are called, and what no tensor tells of them. */
export interface Dialect extends EmbeddingNames {
  /** Norm before the first block. */
  readonly before?: string;
  /** Norm of the class token at the end, the last layer. */
  readonly after: string;
  readonly block: string;
  readonly names: (block: string) => BlockNames;
  readonly epsilon: number;
}

/** timm's names, which most releases share. */
export const TIMM: Dialect = {
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
  epsilon: 1e-6,
};

/** The choices of one network. */
export interface VisionTransformerOptions extends EmbeddingOptions, Pick<BlockOptions, "heads" | "gelu"> {}

/** Builds the network; see the functions that say whose names they take. */
export async function buildVisionTransformer(
  weights: Checkpoint,
  dialect: Dialect,
  options: VisionTransformerOptions,
): Promise<Network> {
  const parts = new GraphParts(new GraphBuilder("vit"), weights);
  const { graph } = parts;
  const { epsilon } = dialect;
  const { side, ...embedded } = await embedPatches(parts, dialect, options);
  const { dimensions } = embedded;
  let tokens = embedded;
  if (dialect.before !== undefined) {
    tokens = { ...tokens, value: await layerNorm(parts, tokens.value, { norm: dialect.before, dimensions, epsilon }) };
  }
  const blocks: LayerEntry[] = [];
  for (let index = 0; parts.has(`${dialect.names(`${dialect.block}.${index}`).norm1}.weight`); index++) {
    const name = `${dialect.block}.${index}`;
    tokens = await transformerBlock(parts, tokens, dialect.names(name), { ...options, epsilon, name });
    blocks.push({ name, value: tokens.value, shape: [tokens.count, dimensions] });
  }
  const first = graph.node("Gather", [tokens.value, graph.constant(new BigInt64Array([0n]), [])], { axis: 1 });
  const { after } = dialect;
  const pool = await layerNorm(parts, first, { norm: after, dimensions, epsilon, output: after });
  const staged = blocks.map((layer, index) =>
    closesQuarter(index, blocks.length) ? { ...layer, stage: layer.name } : layer
  );
  const entries = [...staged, { name: after, value: pool, shape: [dimensions], stage: after }];
  const layers = placeLayers(entries, { graph, input: "image" });
  return { graph, input: { name: "image", shape: [3, side, side] }, layers };
}

function closesQuarter(index: number, blocks: number): boolean {
  return Math.floor(4 * (index + 1) / blocks) > Math.floor(4 * index / blocks);
}
