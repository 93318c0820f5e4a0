import { GraphBuilder } from "../onnx/mod.ts";
import type { Checkpoint } from "../weights/mod.ts";
import { GraphParts, type Map3 } from "./_graph_parts.ts";
import { type LayerEntry, placeLayers } from "./_place_layers.ts";
import { maxPool } from "./_pooling.ts";
import type { Network } from "./network.ts";

/** What differs between networks that stack convolutions in `features` and end in a classifier with hidden layers. */
export interface StackOptions {
  /** Of the graph. */
  readonly name: string;
  /** Stride and padding of the first convolution; 1 and half the kernel by default. */
  readonly first?: { readonly stride: number; readonly padding: number };
  /** Rows and columns that a max pool looks at; its stride is 2. */
  readonly pool: number;
  /** The hidden layers of the classifier, by the names of their weights and of the ReLU behind them. */
  readonly hidden: readonly (readonly [linear: string, relu: string])[];
}

const SIDE = 224;

/**
 * Builds AlexNet, VGG and their like. What stands at which place of `features` is read off the numbers of its tensors: behind
 * a convolution comes its batch norm, where there is one, then a ReLU and, where another number is left out, a max pool.
 *
 * @param weights Tensors by the network's own names, without a prefix.
 */
export async function buildStack(weights: Checkpoint, options: StackOptions): Promise<Network> {
  const parts = new GraphParts(new GraphBuilder(options.name), weights);
  const image = parts.graph.input("image", "float32", ["batch", 3, SIDE, SIDE]);
  let map: Map3 = { value: image, shape: [3, SIDE, SIDE] };
  const layers: LayerEntry[] = [];
  const places = convolutionPlaces(parts);
  for (const [index, place] of places.entries()) {
    const norm = parts.has(`features.${place + 1}.running_mean`) ? `features.${place + 1}` : undefined;
    const relu = place + (norm === undefined ? 1 : 2);
    const name = `features.${relu}`;
    map = await parts.convolution(map, `features.${place}`, {
      ...(index === 0 ? options.first : {}),
      norm,
      relu: true,
      name,
    });
    layers.push({ ...map, name });
    const skipped = index === places.length - 1 ? 1 : places[index + 1] - relu - 1;
    if (skipped !== 0 && skipped !== 1) throw unknownPlace(place, places[index + 1]);
    if (skipped === 0) continue;
    const pool = `features.${relu + 1}`;
    map = maxPool(parts, map, { side: options.pool, stride: 2, name: pool });
    layers.push({ ...map, name: pool, stage: pool });
  }
  layers.push(...await classify(parts, map, options.hidden));
  const { graph } = parts;
  const placed = placeLayers(layers, { graph, input: image });
  return { graph, input: { name: image, shape: [3, SIDE, SIDE] }, layers: placed };
}

function unknownPlace(place: number, next: number): Error {
  return new Error(
    `Cannot build the network: convolutions stand at features.${place} and features.${next}; ` +
      `expected a ReLU between them and at most one pool`,
  );
}

/** The numbers in `features` that have a kernel, in order. */
function convolutionPlaces(parts: GraphParts): number[] {
  const places = parts.names.flatMap((name) => {
    const place = /^features\.(\d+)\.weight$/.exec(name)?.[1];
    return place === undefined || parts.has(`features.${place}.running_mean`) ? [] : [Number(place)];
  });
  return places.sort((a, b) => a - b);
}

/** How many values each output of a linear layer takes, which may be stored as a convolution. */
function inputsOf(parts: GraphParts, weight: string): number {
  return parts.shapeOf(weight).slice(1).reduce((product, size) => product * size, 1);
}

/** The hidden layers, which take the map averaged to as many rows and columns as their weights were made for. */
async function classify(parts: GraphParts, map: Map3, hidden: StackOptions["hidden"]): Promise<LayerEntry[]> {
  const { graph } = parts;
  let inputs = inputsOf(parts, `${hidden[0][0]}.weight`);
  let value = graph.node("Flatten", [averageTo(parts, map, `${hidden[0][0]}.weight`).value], { axis: 1 });
  const layers: LayerEntry[] = [];
  for (const [linear, name] of hidden) {
    const [outputs] = parts.shape(`${linear}.bias`, 1);
    const weight = await parts.flat(`${linear}.weight`, outputs * inputs);
    const bias = await parts.constant(`${linear}.bias`, [outputs]);
    const constant = graph.constant(weight, [outputs, inputs], `${linear}.weight`);
    value = graph.node("Relu", [graph.node("Gemm", [value, constant, bias], { transB: 1 })], {}, name);
    layers.push({ name, value, shape: [outputs], stage: name });
    inputs = outputs;
  }
  return layers;
}

/** PyTorch's adaptive average pool, for a map whose sides are a multiple of what the classifier takes. */
function averageTo(parts: GraphParts, map: Map3, weight: string): Map3 {
  const [channels, side] = map.shape;
  const wanted = Math.sqrt(inputsOf(parts, weight) / channels);
  if (!Number.isInteger(wanted) || wanted < 1 || side % wanted !== 0) {
    throw parts.mismatch(weight, `inputs from a square of ${channels} channels whose side divides ${side}`);
  }
  return wanted === side ? map : parts.averagePool(map, side / wanted);
}
