import type { GraphBuilder } from "../onnx/mod.ts";

const CONVOLUTIONS = ["Conv", "ConvTranspose", "ConvInteger", "QLinearConv"];
const PRODUCTS = ["Gemm", "MatMul", "MatMulInteger", "QLinearMatMul"];

/**
 * Counts, for every value that depends on the image, the operators with weights on the longest path to it: convolutions, and
 * products with something that does not depend on the image. Reshapes, norms and activations count nothing, so that it is the
 * same however a network was exported.
 *
 * @param graph Its nodes are in the order in which they run.
 * @param input Name of the image.
 */
export function weightedDepths(graph: GraphBuilder, input: string): ReadonlyMap<string, number> {
  const depths = new Map([[input, 0]]);
  for (const { operator, inputs, captured, outputs } of graph.nodes) {
    const named = inputs.filter((name) => name !== "");
    const before = [...named, ...captured].flatMap((name) => depths.get(name) ?? []);
    if (before.length === 0) continue;
    const weighs = CONVOLUTIONS.includes(operator) ||
      PRODUCTS.includes(operator) && named.some((name) => !depths.has(name));
    const depth = Math.max(...before) + (weighs ? 1 : 0);
    for (const name of outputs) depths.set(name, depth);
  }
  return depths;
}
