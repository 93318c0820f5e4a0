import { externalTensors } from "./_external_tensors.ts";
import {
  type AttributeValue,
  describe,
  describeNode,
  encodeAttribute,
  type GraphNode,
  type GraphValue,
  loopsAmong,
  namesTaken,
  toNumber,
  TYPES,
  valueInfo,
  withoutInnerShapes,
} from "./_messages.ts";
import { encodeModel, type Model, type Node, parseModel, type Tensor, type ValueInfo } from "./_schema.ts";

/** The version of the default operator set that new graphs use: the last that all three runtimes cover in full. */
const OPSET = 17;
const IR_VERSION = 8;
const FIRST_VERSION_WITH_CONSTANTS = 4;

/**
 * A computation graph in ONNX that is built one value at a time.
 *
 * Every method that adds a value returns its name, and a node takes only values that exist, so the nodes are always in
 * an order that can run. Nothing is an output until {@linkcode GraphBuilder.output} says so.
 *
 * @example
 * ```ts
 * import { GraphBuilder } from "./mod.ts";
 *
 * const graph = new GraphBuilder("double");
 * const x = graph.input("x", "float32", ["batch", 3]);
 * const two = graph.constant(new Float32Array([2]), [1]);
 * graph.output(graph.node("Mul", [x, two]));
 * const model: Uint8Array = graph.toBytes();
 * ```
 */
export class GraphBuilder {
  #model: Model;
  #inputs: ValueInfo[] = [];
  #outputs: ValueInfo[] = [];
  #nodes: Node[] = [];
  #tensors: Tensor[] = [];
  /** Every name that a node may take as input. */
  #values = new Set<string>();

  /** Starts an empty graph called `name`. */
  constructor(name = "fusiform") {
    this.#model = {
      irVersion: IR_VERSION,
      producerName: "fusiform",
      opsetImport: [{ domain: "", version: OPSET }],
      graph: { name },
    };
  }

  /**
   * Parses an ONNX file, so that nodes and outputs can be added to it. The weights are not copied: keep `bytes` as they are.
   *
   * @throws {Error} where the bytes are not an ONNX model with a graph.
   */
  static from(bytes: Uint8Array): GraphBuilder {
    const model = parseModel(bytes);
    if (model.graph === undefined || model.graph === null || !model.opsetImport?.length) {
      throw new Error("Cannot read the ONNX model: no graph or no operator set found; expected an .onnx file");
    }
    const builder = new GraphBuilder();
    const { input, output, node, initializer, ...graph } = model.graph;
    // Up to version 3 every constant was an input as well, which the caller may feed; no runtime folds such a constant.
    const constants = new Set(initializer?.map(({ name }) => name));
    const irVersion = Math.max(toNumber(model.irVersion ?? 0), FIRST_VERSION_WITH_CONSTANTS);
    builder.#model = { ...model, irVersion, graph };
    builder.#inputs = (input ?? []).filter(({ name }) => !constants.has(name));
    builder.#outputs = [...output ?? []];
    builder.#nodes = [...node ?? []];
    builder.#tensors = [...initializer ?? []];
    for (const { name } of [...builder.#inputs, ...builder.#tensors]) builder.#values.add(name);
    for (const { values } of graph.sparseInitializer ?? []) builder.#values.add(values?.name ?? "");
    for (const { output } of builder.#nodes) for (const name of output ?? []) builder.#values.add(name);
    builder.#values.delete("");
    return builder;
  }

  /** The version of the default operator set, which decides what some operators' attributes and inputs are. */
  get opset(): number {
    const set = this.#model.opsetImport?.find(({ domain }) => !domain || domain === "ai.onnx");
    return set?.version === undefined ? 1 : toNumber(set.version);
  }

  /** What has to be fed. */
  get inputs(): readonly GraphValue[] {
    return this.#inputs.map(describe);
  }

  /** The values marked as outputs, in the order they were. */
  get outputs(): readonly GraphValue[] {
    return this.#outputs.map(describe);
  }

  /** What the nodes compute, in order, with type and shape where the graph states them. */
  get values(): readonly GraphValue[] {
    const stated = new Map<string, ValueInfo>();
    for (const info of [...this.#model.graph?.valueInfo ?? [], ...this.#outputs]) stated.set(info.name, info);
    const names = this.#nodes.flatMap(({ output }) => [...output ?? []]).filter((name) => name !== "");
    return names.map((name) => describe(stated.get(name) ?? { name }));
  }

  /** The operators in the order they run, with the values they take and give. */
  get nodes(): readonly GraphNode[] {
    return this.#nodes.map(describeNode);
  }

  /** The nodes that run a graph of their own again and again, `Loop` and `Scan`, in branches and functions too. */
  get loops(): readonly GraphNode[] {
    return loopsAmong(this.#nodes, this.#model.functions ?? []).map(describeNode);
  }

  /** Whether weights of the graph lie in other files beside the one it was read from. */
  get hasExternalData(): boolean {
    const graph = { ...this.#model.graph, node: this.#nodes, initializer: this.#tensors };
    return externalTensors({ ...this.#model, graph }).length > 0;
  }

  /** Whether the graph has a value of this name: an input, a constant or what a node computes. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /**
   * Declares an input.
   *
   * @param shape Sizes, and names for dimensions that are known only when the graph runs.
   * @throws {Error} where the name is taken.
   */
  input(name: string, type: "float32" | "int64", shape: readonly (number | string)[]): string {
    this.#claim(name, "input");
    this.#inputs.push(valueInfo(name, TYPES[type], shape));
    return name;
  }

  /**
   * Adds a constant tensor. The data are not copied: leave them as they are for as long as the graph is used.
   *
   * @throws {Error} where the data do not fill the shape or the name is taken.
   */
  constant(data: Float32Array | BigInt64Array, shape: readonly number[], name?: string): string {
    const size = shape.reduce((product, size) => product * size, 1);
    if (size !== data.length) {
      throw new Error(
        `Cannot add constant${name === undefined ? "" : ` "${name}"`}: ${data.length} values; ` +
          `expected ${size} for shape [${shape.join(", ")}]`,
      );
    }
    const unique = name ?? this.#fresh("constant");
    this.#claim(unique, "constant");
    this.#tensors.push({
      name: unique,
      dims: [...shape],
      dataType: data instanceof Float32Array ? TYPES.float32 : TYPES.int64,
      rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    });
    return unique;
  }

  /**
   * Adds an operator with one output and returns that output's name.
   *
   * @param inputs Values of the graph; an empty name leaves out an optional input.
   * @param name Of the output; a new one by default.
   * @throws {Error} where an input does not exist, the name is taken or an integer attribute is no integer.
   */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    name?: string,
  ): string {
    const unknown = inputs.find((input) => input !== "" && !this.#values.has(input));
    if (unknown !== undefined) throw new Error(`Cannot add ${op}: no value "${unknown}"; expected one of the graph's`);
    const attribute = Object.entries(attributes).map(([key, value]) => encodeAttribute(op, key, value));
    const output = name ?? this.#fresh(op.toLowerCase());
    this.#claim(output, op);
    this.#nodes.push({ name: output, opType: op, input: [...inputs], output: [output], attribute });
    return output;
  }

  /**
   * Marks a value as an output; marking it twice is the same as once. Without a type and shape the runtime infers them.
   *
   * @throws {Error} where the graph has no such value.
   */
  output(name: string, type?: "float32" | "int64", shape?: readonly (number | string)[]): void {
    if (!this.#values.has(name)) throw new Error(`Cannot mark output "${name}": no such value in the graph`);
    if (this.#outputs.some((output) => output.name === name)) return;
    const stated = this.#model.graph?.valueInfo?.find((info) => info.name === name);
    this.#outputs.push(type === undefined ? stated ?? { name } : valueInfo(name, TYPES[type], shape));
  }

  /** Takes back every output, for graphs from files whose own outputs nobody asked for. */
  clearOutputs(): void {
    this.#outputs = [];
  }

  /**
   * States an input's type and shape anew, such as a size left open where the file fixes it. What the file says of the shapes
   * of other values, inside branches too, is dropped, since it may no longer hold.
   *
   * @throws {Error} where the graph has no such input.
   */
  restateInput(name: string, type: "float32" | "int64", shape: readonly (number | string)[]): void {
    const index = this.#inputs.findIndex((input) => input.name === name);
    if (index < 0) throw new Error(`Cannot restate input "${name}": no such input in the graph`);
    this.#inputs[index] = valueInfo(name, TYPES[type], shape);
    this.#outputs = this.#outputs.map(({ name }) => ({ name }));
    this.#nodes = this.#nodes.map(withoutInnerShapes);
    this.#model = { ...this.#model, graph: { ...this.#model.graph, valueInfo: [] } };
  }

  /**
   * Makes a value that a node computes an input, so that the graph can start there. The node stays, its result under a new name,
   * until {@linkcode GraphBuilder.keepOnly} leaves out what nothing needs.
   *
   * @param shape Sizes, and names for dimensions that are known only when the graph runs.
   * @throws {Error} where no node computes a value of this name.
   */
  startAt(name: string, type: "float32" | "int64", shape: readonly (number | string)[]): void {
    const index = this.#nodes.findIndex(({ output }) => name !== "" && output?.includes(name));
    if (index < 0) throw new Error(`Cannot start the graph at "${name}": no node computes it`);
    const computed = this.#fresh("computed");
    const { output, ...node } = this.#nodes[index];
    this.#claim(computed, node.opType);
    this.#nodes[index] = { ...node, output: output!.map((other) => other === name ? computed : other) };
    const { valueInfo: stated = [], ...graph } = this.#model.graph ?? {};
    this.#model = { ...this.#model, graph: { ...graph, valueInfo: stated.filter((info) => info.name !== name) } };
    this.#outputs = this.#outputs.filter((info) => info.name !== name);
    this.#inputs.push(valueInfo(name, TYPES[type], shape));
  }

  /**
   * Leaves only what these values need: other nodes, constants and inputs go.
   *
   * @throws {Error} where the graph has no such value.
   */
  keepOnly(values: readonly string[]): void {
    const missing = values.find((name) => !this.#values.has(name));
    if (missing !== undefined) throw new Error(`Cannot keep "${missing}": no such value in the graph`);
    const needed = new Set(values);
    const nodes: Node[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.output?.some((name) => needed.has(name))) continue;
      nodes.push(node);
      for (const name of namesTaken(node)) needed.add(name);
    }
    this.#nodes = nodes.reverse();
    this.#tensors = this.#tensors.filter(({ name }) => needed.has(name));
    this.#inputs = this.#inputs.filter(({ name }) => needed.has(name));
    this.#outputs = this.#outputs.filter(({ name }) => needed.has(name));
    const made = [...this.#inputs, ...this.#tensors].map(({ name }) => name);
    this.#values = new Set([...made, ...nodes.flatMap(({ output }) => [...output ?? []])]);
    this.#values.delete("");
    const { valueInfo = [], ...graph } = this.#model.graph ?? {};
    this.#model = { ...this.#model, graph: { ...graph, valueInfo: valueInfo.filter(({ name }) => needed.has(name)) } };
  }

  /** A graph that grows on its own from here; tensors are shared, so it costs next to nothing. */
  clone(): GraphBuilder {
    const copy = new GraphBuilder();
    copy.#model = this.#model;
    copy.#inputs = [...this.#inputs];
    copy.#outputs = [...this.#outputs];
    copy.#nodes = [...this.#nodes];
    copy.#tensors = [...this.#tensors];
    copy.#values = new Set(this.#values);
    return copy;
  }

  /**
   * The graph as an ONNX file; the weights are copied once.
   *
   * @throws {RangeError} where it would take 2 GiB or more.
   */
  toBytes(): Uint8Array {
    return encodeModel({
      ...this.#model,
      graph: {
        ...this.#model.graph,
        input: this.#inputs,
        output: this.#outputs,
        node: this.#nodes,
        initializer: this.#tensors,
      },
    });
  }

  #claim(name: string, what: string): void {
    if (name === "" || this.#values.has(name)) {
      throw new Error(
        `Cannot add ${what} "${name}": the name is ${name === "" ? "empty" : "taken"}; expected a new one`,
      );
    }
    this.#values.add(name);
  }

  #fresh(stem: string): string {
    let number = this.#values.size;
    while (this.#values.has(`${stem}_${number}`)) number++;
    return `${stem}_${number}`;
  }
}
