import { type Checkpoint, scopeTo } from "../weights/browser.ts";
import { buildVisionTransformer, TIMM } from "./_vision_transformer.ts";
import type { Network } from "./network.ts";

/** How a DINOv2 is built from its tensors. */
export interface Dinov2Options {
  /** Attention heads, which no shape tells; by default one for 64 dimensions, as all of them have. */
  readonly heads?: number;
  /** Rows and columns of the image, a multiple of the patch. @default 224 */
  readonly side?: number;
}

/** Names that only a Vision Transformer with LayerScale has. */
export const DINOV2: readonly string[] = ["blocks.0.ls1.gamma", "cls_token", "patch_embed.proj.weight", "pos_embed"];

/**
 * Builds a DINOv2 (Oquab et al. 2024, arXiv:2304.07193), with or without registers (Darcet et al. 2024, arXiv:2309.16588), from
 * tensors with its authors' or timm's names, under any prefix; sizes are read off the shapes. Any other Vision Transformer with
 * LayerScale and timm's names is built as well.
 *
 * Positions are stored for images of 518 rows; for another side they are interpolated, bicubic, as the file's owner does: the
 * authors' files (which have a `mask_token`) without registers by the ratio (patches + 0.1) / stored and without antialiasing,
 * all others by the ratio of the grids with antialiasing.
 *
 * Layers: `blocks.N` after every block, `[tokens, dimensions]` with the class token first, then the registers, then the patches,
 * and `norm`, the class token after the last norm. Every quarter of the blocks closes a stage.
 *
 * @throws {Error} where tensors are missing, their shapes make no such network or the side is no multiple of the patch.
 */
export async function buildDinov2(checkpoint: Checkpoint, options: Dinov2Options = {}): Promise<Network> {
  const weights = scopeTo(checkpoint, DINOV2);
  const { side = 224, heads = (weights.tensors.get("cls_token")?.shape.at(-1) ?? 0) / 64 } = options;
  const registers = ["register_tokens", "reg_token"].find((name) => weights.tensors.has(name));
  const original = weights.tensors.has("mask_token") && registers === undefined;
  const dialect = {
    ...TIMM,
    registers,
    names: (block: string) => ({ ...TIMM.names(block), scale1: `${block}.ls1.gamma`, scale2: `${block}.ls2.gamma` }),
  };
  const resampling = original ? { antialias: false, offset: 0.1 } : { antialias: true };
  return await buildVisionTransformer(weights, dialect, { heads, gelu: "exact", side, resampling });
}
