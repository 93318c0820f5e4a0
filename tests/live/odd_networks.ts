import { encodeModel, parseModel } from "../../src/onnx/_schema.ts";
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

/**
 * A network whose weights lie in another file: the graph, and the bytes of that file.
 *
 * @param locate What the graph calls the file, by the index of a tensor.
 */
export function weightsBeside(
  model: Uint8Array,
  locate: (index: number) => string,
): { graph: Uint8Array; data: Uint8Array } {
  const decoded = parseModel(model);
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [index, tensor] of decoded.graph!.initializer!.entries()) {
    const bytes = tensor.rawData!;
    tensor.rawData = new Uint8Array();
    tensor.dataLocation = 1;
    tensor.externalData = Object.entries({ location: locate(index), offset, length: bytes.length })
      .map(([key, value]) => ({ key, value: String(value) }));
    parts.push(bytes);
    offset += bytes.length;
  }
  return { graph: encodeModel(decoded), data: Uint8Array.from(parts.flatMap((part) => [...part])) };
}
