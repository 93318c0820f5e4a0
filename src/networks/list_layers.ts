import { imageValues, readGraph } from "./_onnx_image.ts";

/** A value of an ONNX graph that depends on the image, and so can be a layer. */
export interface LayerCandidate {
  /** What to call it in a list of layers. */
  readonly name: string;
  /** The operator that computes it. */
  readonly operator: string;
  /** Without the batch, where the file states it in full. */
  readonly shape: readonly number[] | undefined;
  /** Whether it is one of the file's outputs. */
  readonly output: boolean;
}

/**
 * Lists the values of an ONNX file that can be layers, in the order they are computed.
 *
 * @throws {Error} where the bytes are no ONNX file that takes images.
 */
export function listLayers(bytes: Uint8Array): LayerCandidate[] {
  return imageValues(readGraph(bytes));
}
