import { toNumber } from "./_messages.ts";
import type { Attribute, Graph, LocalFunction, Node, SparseTensor, Tensor } from "./_schema.ts";

/** Bits of an element by ONNX's number for its type; text, which has no fixed width, is not among them. */
const BITS: Readonly<Record<number, number>> = {
  ...{ 1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64, 15: 128, 16: 16 },
  ...{ 17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4 },
};

/** Bytes that a tensor's elements take, or `undefined` where its type has no fixed width. */
export function bytesOf({ dims, dataType }: Tensor): number | undefined {
  const bits = BITS[dataType];
  if (bits === undefined) return undefined;
  const size = (dims ?? []).reduce<number>((product, side) => product * toNumber(side), 1);
  return Math.ceil(size * bits / 8);
}

/** Tensors whose data lie in other files, wherever in a model they are: in branches, functions and attributes too. */
export function externalTensors(model: {
  readonly graph?: Graph | null;
  readonly functions?: readonly LocalFunction[];
}): Tensor[] {
  const inFunctions = (model.functions ?? []).flatMap(({ node, attributeProto }) => [
    ...(node ?? []).flatMap(ofNode),
    ...(attributeProto ?? []).flatMap(ofAttribute),
  ]);
  return [...ofGraph(model.graph), ...inFunctions].filter(({ dataLocation }) => dataLocation === 1);
}

function ofGraph(graph: Graph | null | undefined): Tensor[] {
  const { initializer = [], sparseInitializer = [], node = [] } = graph ?? {};
  return [...initializer, ...sparseInitializer.flatMap(ofSparse), ...node.flatMap(ofNode)];
}

function ofNode({ attribute = [] }: Node): Tensor[] {
  return attribute.flatMap(ofAttribute);
}

function ofAttribute({ t, tensors = [], g, graphs = [], sparseTensor, sparseTensors = [] }: Attribute): Tensor[] {
  const sparse = [...sparseTensor ? [sparseTensor] : [], ...sparseTensors].flatMap(ofSparse);
  return [...t ? [t] : [], ...tensors, ...sparse, ...[...g ? [g] : [], ...graphs].flatMap(ofGraph)];
}

function ofSparse({ values, indices }: SparseTensor): Tensor[] {
  return [values, indices].filter((tensor) => tensor !== null && tensor !== undefined);
}
