import { imageValues, type LayerCandidate, readGraph } from "./_onnx_image.ts";

/**
 * Lists the values of an ONNX file that can be layers, in the order they are computed: what depends on the image and on
 * more than its size.
 *
 * @throws {Error} where the bytes are no ONNX file that takes images.
 */
export function listLayers(bytes: Uint8Array): LayerCandidate[] {
  return imageValues(readGraph(bytes));
}
