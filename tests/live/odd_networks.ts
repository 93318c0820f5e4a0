import { GraphBuilder } from "../../src/onnx/mod.ts";
import { SIDE } from "../planted_onnx.ts";

/** A network with an operator that no runtime has. */
export function unknownOperator(): Uint8Array {
  const graph = new GraphBuilder("unknown");
  const image = graph.input("image", "float32", ["batch", 3, SIDE, SIDE]);
  const layer = graph.node("Relu", [graph.node("Sorcery", [image])], {}, "layer");
  graph.output(layer, "float32", ["batch", 3, SIDE, SIDE]);
  return graph.toBytes();
}

/** A network whose one layer takes 12 GiB for an image, which WebAssembly cannot address. */
export function tooLarge(): Uint8Array {
  const graph = new GraphBuilder("large");
  const image = graph.input("image", "float32", ["batch", 3, SIDE, SIDE]);
  const times = graph.constant(BigInt64Array.from([1n, 1024n, 64n, 64n]), [4]);
  const layer = graph.node("Relu", [graph.node("Tile", [image, times])], {}, "layer");
  graph.output(layer, "float32", ["batch", 3 * 1024, 64 * SIDE, 64 * SIDE]);
  return graph.toBytes();
}
