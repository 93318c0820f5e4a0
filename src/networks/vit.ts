import { type Checkpoint, scopeTo } from "../weights/browser.ts";
import { buildVisionTransformer, type Dialect, TIMM } from "./_vision_transformer.ts";
import type { Network } from "./network.ts";

/** How a Vision Transformer is built from its tensors. */
export interface VitOptions {
  /** Attention heads, which no shape tells; by default one for 64 dimensions. To be given for a ViT-S, of 384. */
  readonly heads?: number;
  /** The activation; by default what the file's kind was trained with: OpenAI's quick GELU for CLIP, the exact for timm. */
  readonly gelu?: "quick" | "exact";
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
  epsilon: 1e-5,
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
  const weights = scopeTo(checkpoint, ["class_embedding", "ln_pre.weight", "conv1.weight"]);
  return await buildVisionTransformer(weights, CLIP, {
    gelu: "quick",
    ...options,
    heads: headsOf(weights, CLIP, options),
  });
}

/**
 * Builds a Vision Transformer (Dosovitskiy et al. 2021, arXiv:2010.11929) from tensors with timm's names, as SLIP (Mu et al. 2022,
 * arXiv:2112.12750), MoCo v3 and DINO (Caron et al. 2021, arXiv:2104.14294) release them too, under any prefix such as
 * `module.visual.`; sizes are read off the shapes.
 *
 * Layers: `blocks.N` after every block, `[tokens, dimensions]` with the class token first, and `norm`, the class token after the
 * last norm. Every quarter of the blocks closes a stage.
 *
 * @throws {Error} where tensors are missing, their shapes make no such network, or its blocks have more than such a network's,
 *   as DINOv2's.
 */
export async function buildTimmVit(checkpoint: Checkpoint, options: VitOptions = {}): Promise<Network> {
  const weights = scopeTo(checkpoint, ["cls_token", "patch_embed.proj.weight", "pos_embed"]);
  const unknown = ["blocks.0.ls1.gamma", "reg_token", "register_tokens"].find((name) => weights.tensors.has(name));
  if (unknown !== undefined) {
    throw new Error(
      `Cannot build the network: it has a tensor "${unknown}"; expected none, or DINOv2 as the architecture`,
    );
  }
  return await buildVisionTransformer(weights, TIMM, {
    gelu: "exact",
    ...options,
    heads: headsOf(weights, TIMM, options),
  });
}

/** The width of ViT-S, which timm gives 6 heads and MoCo v3 and SLIP 12; everybody else's heads have 64 dimensions. */
const AMBIGUOUS = 384;

function headsOf(weights: Checkpoint, dialect: Dialect, { heads }: VitOptions): number {
  const dimensions = weights.tensors.get(`${dialect.patch}.weight`)?.shape[0] ?? 0;
  if (dimensions === AMBIGUOUS && heads === undefined) {
    throw new Error(
      `Cannot build the network: no shape tells its heads over ${dimensions} dimensions; expected 6 (timm, DINO) or 12 ` +
        "(SLIP, MoCo v3) as an option, or the architecture, such as timm-vit-s16 or vit-s16",
    );
  }
  return heads ?? dimensions / 64;
}
