import { GraphBuilder, type GraphValue } from "../onnx/mod.ts";

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
  /** Whether it holds the numbers of another value, or some of them, in another form. */
  readonly rearranged: boolean;
}

const FLOAT32 = 1;

/** Parses a model that holds its own weights. */
export function readGraph(bytes: Uint8Array): GraphBuilder {
  const graph = GraphBuilder.from(bytes);
  if (graph.hasExternalData) {
    throw new Error(
      "Cannot read the ONNX model: some of its weights lie in other files; expected one that holds them all, as readOnnx gives",
    );
  }
  return graph;
}

/** Refuses what runs a graph again and again: how often may depend on the image, and then units are not the same. */
export function refuseLoops(graph: GraphBuilder): void {
  const [loop] = graph.loops;
  if (loop === undefined) return;
  throw new Error(
    `Cannot run the ONNX file: its node "${loop.name}" is a ${loop.operator}; expected no Loop or Scan up to the layers`,
  );
}

/** The one input that can be an image: four axes, of which the second is or may be 3. */
export function imageInput(inputs: readonly GraphValue[]): GraphValue {
  const images = inputs.filter(({ type, shape }) =>
    type === FLOAT32 && shape?.length === 4 && (shape[1] === 3 || typeof shape[1] === "string")
  );
  if (images.length === 1 && inputs.length === 1) return images[0];
  const found = inputs.map(({ name, shape }) => `${name} [${shape?.join(", ") ?? ""}]`).join(" and ") || "none";
  throw new Error(
    `Cannot feed the ONNX file: the layers need ${found}; expected one float32 image [batch, 3, rows, columns]`,
  );
}

/** The shape without the batch, where the graph states it in full. */
export function statedShape({ shape }: GraphValue): number[] | undefined {
  const rest = shape?.slice(1);
  return rest?.every((size) => typeof size === "number" && size > 0) ? rest as number[] : undefined;
}

/** Operators whose result says how large a value is, not what is in it: what follows from it alone is no layer. */
const MEASURING = ["Shape", "Size"];

/** Operators that compute nothing new. */
const REARRANGING = [
  ...["Cast", "Expand", "Flatten", "Gather", "Identity", "Pad", "Reshape", "Slice", "Split", "Squeeze"],
  ...["Tile", "Transpose", "Unsqueeze"],
];

/** What depends on an input that can be an image, and on more than its size. */
export function imageValues(graph: GraphBuilder): LayerCandidate[] {
  const reached = new Set(
    graph.inputs.filter(({ type, shape }) => type === FLOAT32 && shape?.length === 4).map(({ name }) => name),
  );
  if (reached.size === 0) imageInput(graph.inputs);
  const stated = new Map(graph.values.map((value) => [value.name, value]));
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const candidates: LayerCandidate[] = [];
  for (const { operator, inputs, captured, outputs: made } of graph.nodes) {
    if (![...inputs, ...captured].some((name) => reached.has(name))) continue;
    for (const name of made) {
      if (name === "" || MEASURING.includes(operator)) continue;
      reached.add(name);
      candidates.push({
        name,
        operator,
        shape: statedShape(stated.get(name)!),
        output: outputs.has(name),
        rearranged: REARRANGING.includes(operator),
      });
    }
  }
  return candidates;
}
