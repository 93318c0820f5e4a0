import type { GraphBuilder } from "../onnx/mod.ts";

/** A place in a network whose activations are recorded. */
export interface Layer {
  /** PyTorch's module name: `relu`, `layer1.0`, `avgpool`, `attnpool`, … */
  readonly name: string;
  /**
   * Normalized depth in 0–1: operators with weights on the longest path to the layer, divided by those to the network's end. It
   * does not depend on which layers are recorded, nor on how a file was exported.
   */
  readonly depth: number;
  /** Shape without the batch: `[channels, rows, columns]`, `[tokens, dimensions]` or `[features]`. */
  readonly shape: readonly number[];
  /** Product of `shape`. */
  readonly units: number;
  /** Name of the value in the graph, shape `[batch, ...shape]`. */
  readonly value: string;
  /** The stage that ends here, where one does: a name of its own (`layer1` at `layer1.2`) for the coarser view. */
  readonly stage?: string;
}

/** A network as a graph that ends at its layers; nothing is an output until somebody asks for it. */
export interface Network {
  /** From the image to the last layer; clone it before adding to it. */
  readonly graph: GraphBuilder;
  /** The image input, float32 `[batch, 3, rows, columns]`, already normalized. */
  readonly input: { readonly name: string; readonly shape: readonly [3, number, number] };
  /** Every layer there is, in order of depth. */
  readonly layers: readonly Layer[];
}
