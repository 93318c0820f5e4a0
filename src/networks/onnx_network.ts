import { imageInput, imageValues, readGraph, refuseLoops, statedShape } from "./_onnx_image.ts";
import { placeLayers } from "./_place_layers.ts";
import type { Network } from "./network.ts";

/** How an ONNX file becomes a network. */
export interface OnnxNetworkOptions {
  /** Names of outputs or of values inside the graph, as {@linkcode listLayers} shows them. @default the file's outputs */
  readonly layers?: readonly string[];
  /** Rows and columns of the image where the file leaves them open. @default 224 */
  readonly side?: number;
}

/**
 * Makes a network of any ONNX file that takes images as float32 `[batch, 3, rows, columns]`. Layers are in the order of the
 * graph; how deep each lies is counted over the whole graph. What the layers do not need, such as a text encoder, is left out, and a batch that the file fixes is opened.
 *
 * The layers' shapes are what the file states; where it does not they are empty, of no units, and
 * {@linkcode probeLayerShapes} finds them.
 *
 * Branches (`If`) run; what the layers need may not have a `Loop` or `Scan`.
 *
 * @param bytes A model that holds its weights; `readOnnx` makes one of a file whose weights lie in others beside it.
 * @throws {Error} where the bytes are no such model, a layer is no value of it, or the layers need other inputs than one image
 *   or a loop.
 */
export function buildOnnxNetwork(bytes: Uint8Array, options: OnnxNetworkOptions = {}): Network {
  const graph = readGraph(bytes);
  const order = imageValues(graph).map(({ name }) => name);
  const names = [...new Set(options.layers ?? graph.outputs.map(({ name }) => name))];
  for (const name of names) {
    if (order.includes(name)) continue;
    const found = graph.has(name)
      ? "it does not depend on the image, or on its size alone"
      : "the graph has no such value";
    throw new Error(`Cannot record "${name}": ${found}; expected one such as ${order.slice(-3).join(", ")}`);
  }
  if (names.length === 0) throw new Error("Cannot record the ONNX file: no layers named; expected at least one");
  names.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const stated = new Map(graph.values.map((value) => [value.name, statedShape(value)]));
  const whole = graph.clone();
  graph.keepOnly(names);
  refuseLoops(graph);
  graph.clearOutputs();
  const input = imageInput(graph.inputs);
  const [, , rows, columns] = input.shape ?? [];
  const side = options.side ?? 224;
  const shape = [3, typeof rows === "number" ? rows : side, typeof columns === "number" ? columns : side] as const;
  graph.restateInput(input.name, "float32", ["batch", ...shape]);
  const entries = names.map((name) => ({ name, value: name, shape: stated.get(name) ?? [] }));
  const ends = whole.outputs.map(({ name }) => name);
  const layers = placeLayers(entries, { graph: whole, input: input.name, ends })
    .map((layer) => stated.get(layer.name) === undefined ? { ...layer, units: 0 } : layer);
  return { graph, input: { name: input.name, shape }, layers };
}
