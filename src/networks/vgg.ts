import { type Checkpoint, findPrefix, scopeTo } from "../weights/browser.ts";
import { buildStack, type StackOptions } from "./_stacked_convolutions.ts";
import type { Network } from "./network.ts";

interface Naming {
  readonly landmarks: readonly string[];
  readonly hidden: StackOptions["hidden"];
}

const TORCHVISION: Naming = {
  landmarks: ["classifier.0.weight", "classifier.3.weight", "features.0.weight", "features.0.bias"],
  hidden: [["classifier.0", "classifier.1"], ["classifier.3", "classifier.4"]],
};

/** timm stores the linear layers as convolutions over the whole map. */
const TIMM: Naming = {
  landmarks: ["pre_logits.fc1.weight", "pre_logits.fc2.weight", "features.0.weight"],
  hidden: [["pre_logits.fc1", "pre_logits.act1"], ["pre_logits.fc2", "pre_logits.act2"]],
};

/** Names that only VGG has, in torchvision's naming and in timm's. */
export const VGG: readonly (readonly string[])[] = [TORCHVISION.landmarks, TIMM.landmarks];

/**
 * Builds a VGG (Simonyan and Zisserman 2015, arXiv:1409.1556) from tensors with torchvision's or timm's names, under any
 * prefix: of any depth, with or without batch norms, which the numbers in the names tell; widths are read off the shapes.
 * Images have 224 × 224 pixels.
 *
 * Layers, all after their ReLU: `features.N` behind every convolution and behind every max pool, then the hidden linear layers,
 * `classifier.1` and `classifier.4` (timm: `pre_logits.act1`, `pre_logits.act2`). A pool and a hidden layer close a stage.
 *
 * @throws {Error} where tensors are missing or their shapes make no such network.
 */
export async function buildVgg(checkpoint: Checkpoint): Promise<Network> {
  const naming = findPrefix(checkpoint, TIMM.landmarks) === undefined ? TORCHVISION : TIMM;
  const weights = scopeTo(checkpoint, naming.landmarks);
  return await buildStack(weights, { name: "vgg", pool: 2, hidden: naming.hidden });
}
