import { type Checkpoint, scopeTo } from "../weights/browser.ts";
import { buildStack } from "./_stacked_convolutions.ts";
import type { Network } from "./network.ts";

/** Names that only AlexNet has: kernels at these places of `features`, and dropout before its first linear layer. */
export const ALEXNET: readonly string[] = [
  "features.0.weight",
  "features.3.weight",
  "features.6.weight",
  "features.8.weight",
  "classifier.1.weight",
  "classifier.4.weight",
];

/**
 * Builds AlexNet (Krizhevsky 2014, arXiv:1404.5997, after Krizhevsky et al. 2012, doi:10.1145/3065386) from tensors with
 * torchvision's names, under any prefix; widths are read off the shapes. Images have 224 × 224 pixels.
 *
 * Layers, all after their ReLU: `features.1`, `.4`, `.7`, `.9` and `.11` behind the convolutions, `features.2`, `.5` and `.12`
 * behind the max pools, `classifier.2` and `classifier.5` behind the hidden linear layers. A pool and a hidden layer close a
 * stage.
 *
 * @throws {Error} where tensors are missing or their shapes make no such network.
 */
export async function buildAlexNet(checkpoint: Checkpoint): Promise<Network> {
  return await buildStack(scopeTo(checkpoint, ALEXNET), {
    name: "alexnet",
    first: { stride: 4, padding: 2 },
    pool: 3,
    hidden: [["classifier.1", "classifier.2"], ["classifier.4", "classifier.5"]],
  });
}
