import type { Attribute, Graph, Int64, LocalFunction, Node, ValueInfo } from "./_schema.ts";

/**
 * An attribute of an operator. A plain number or array of numbers is an integer attribute and must hold integers;
 * `{ float }` and `{ floats }` are floating-point ones, so that `1` never has to be guessed at.
 */
export type AttributeValue =
  | number
  | readonly number[]
  | string
  | { readonly float: number }
  | { readonly floats: readonly number[] };

/** What a graph says of one of its inputs or values: a dimension is a size, or the name of an unknown one. */
export interface GraphValue {
  /** Unique within the graph. */
  readonly name: string;
  /** The element type in ONNX's numbering (1 float32, 7 int64), or `undefined` where the graph does not say. */
  readonly type: number | undefined;
  /** `undefined` where the graph does not say. */
  readonly shape: readonly (number | string)[] | undefined;
}

/** An operator of a graph; an empty name is an optional input or output that is left out. */
export interface GraphNode {
  /** The node's own, or its first output's where it has none. */
  readonly name: string;
  /** ONNX's name for it, such as `Conv`. */
  readonly operator: string;
  /** Values it takes. */
  readonly inputs: readonly string[];
  /** Values that the graphs inside it take from outside: a branch of `If` needs no input for them. */
  readonly captured: readonly string[];
  /** Values it gives. */
  readonly outputs: readonly string[];
}

/** Element types in ONNX's numbering. */
export const TYPES = { float32: 1, int64: 7 } as const;
const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;

/** The graphs inside a node: the branches of `If`, the body of a loop. */
function graphsIn({ attribute }: Node): Graph[] {
  return (attribute ?? []).flatMap(({ g, graphs }) => [...g ? [g] : [], ...graphs ?? []]);
}

/** What the graphs inside a node take from outside; names of their own among them, which no other graph has. */
function namesCaptured(node: Node): string[] {
  return graphsIn(node).flatMap(({ node, output }) => [
    ...(node ?? []).flatMap(namesTaken),
    ...(output ?? []).map(({ name }) => name),
  ]);
}

/** What a node takes: its inputs, and whatever the graphs inside it (of a loop or a branch) take from outside. */
export function namesTaken(node: Node): string[] {
  return [...node.input ?? [], ...namesCaptured(node)];
}

/** A node whose inner graphs state no shapes, which the runtime would otherwise hold to; types stay. */
export function withoutInnerShapes(node: Node): Node {
  if (graphsIn(node).length === 0) return node;
  const bare = (graph: Graph): Graph => ({
    ...graph,
    valueInfo: [],
    output: graph.output?.map(withoutShape),
    node: graph.node?.map(withoutInnerShapes),
  });
  const attribute = node.attribute?.map((given) => ({
    ...given,
    ...given.g ? { g: bare(given.g) } : {},
    ...given.graphs?.length ? { graphs: given.graphs.map(bare) } : {},
  }));
  return { ...node, attribute };
}

function withoutShape(info: ValueInfo): ValueInfo {
  const elemType = info.type?.tensorType?.elemType;
  return elemType === undefined ? info : { name: info.name, type: { tensorType: { elemType } } };
}

/** A node in words that do not depend on the format. */
export function describeNode(node: Node): GraphNode {
  const { name, opType, input = [], output = [] } = node;
  return {
    name: name || output.find((value) => value !== "") || opType,
    operator: opType,
    inputs: [...input],
    captured: [...new Set(namesCaptured(node))].filter((value) => value !== ""),
    outputs: [...output],
  };
}

const LOOPS = ["Loop", "Scan"];

function isStandard(domain: string | undefined): boolean {
  return !domain || domain === "ai.onnx";
}

/** The `Loop` and `Scan` nodes among these, in graphs inside them and in the functions that they name. */
export function loopsAmong(nodes: readonly Node[], functions: readonly LocalFunction[]): Node[] {
  const unseen = new Set(functions);
  function within(node: Node): Node[] {
    if (isStandard(node.domain) && LOOPS.includes(node.opType)) return [node];
    const inside = graphsIn(node).flatMap((graph) => [...graph.node ?? []]);
    for (const named of unseen) {
      if (named.name !== node.opType || (named.domain ?? "") !== (node.domain ?? "")) continue;
      unseen.delete(named);
      inside.push(...named.node ?? []);
    }
    return inside.flatMap(within);
  }
  return nodes.flatMap(within);
}

/** A 64-bit integer as a number; sizes and versions all fit. */
export function toNumber(value: Int64): number {
  return typeof value === "number" ? value : value.toNumber();
}

/** A value's name, type and shape as they are stated. */
export function describe({ name, type }: ValueInfo): GraphValue {
  const tensor = type?.tensorType;
  const shape = tensor?.shape?.dim?.map((dimension, axis) => {
    if (dimension.dimParam) return dimension.dimParam;
    return Object.hasOwn(dimension, "dimValue") ? toNumber(dimension.dimValue ?? 0) : `axis_${axis}`;
  });
  return { name, type: tensor?.elemType, shape };
}

/** States a value's type, and its shape where it is known. */
export function valueInfo(name: string, elemType: number, shape?: readonly (number | string)[]): ValueInfo {
  const dim = shape?.map((size) => typeof size === "number" ? { dimValue: size } : { dimParam: size });
  return { name, type: { tensorType: { elemType, ...(dim === undefined ? {} : { shape: { dim } }) } } };
}

/**
 * An attribute as a message.
 *
 * @throws {Error} where an integer attribute is no integer; `op` is named.
 */
export function encodeAttribute(op: string, name: string, value: AttributeValue): Attribute {
  if (typeof value === "string") {
    return { name, type: ATTRIBUTE_TYPES.string, s: new TextEncoder().encode(value) };
  }
  if (typeof value === "object" && "float" in value) return { name, type: ATTRIBUTE_TYPES.float, f: value.float };
  if (typeof value === "object" && "floats" in value) {
    return { name, type: ATTRIBUTE_TYPES.floats, floats: value.floats };
  }
  const wrong = [value].flat().find((number) => !Number.isSafeInteger(number));
  if (wrong !== undefined) {
    throw new Error(`Cannot add ${op}: attribute "${name}" is ${wrong}; expected an integer, or { float: ${wrong} }`);
  }
  return typeof value === "number"
    ? { name, type: ATTRIBUTE_TYPES.int, i: value }
    : { name, type: ATTRIBUTE_TYPES.ints, ints: value };
}
