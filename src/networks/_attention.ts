import type { GraphParts } from "./_graph_parts.ts";

/** Tokens in the graph, `[batch, count, dimensions]`. */
export interface Tokens {
  readonly value: string;
  readonly count: number;
  readonly dimensions: number;
}

/** How a transformer's layers are named and computed. */
export interface BlockNames {
  readonly norm1: string;
  /** Weight `[3·d, d]` and bias `[3·d]` of queries, keys and values together. */
  readonly projection: { readonly weight: string; readonly bias: string };
  readonly out: string;
  readonly norm2: string;
  readonly up: string;
  readonly down: string;
  /** What each dimension of attention's result and of the last linear layer's is multiplied by; nothing by default. */
  readonly scale1?: string;
  readonly scale2?: string;
}

export interface BlockOptions {
  readonly heads: number;
  /** Added to the variance by layer norms. */
  readonly epsilon: number;
  /** `quick`: x·σ(1.702x), OpenAI's; `exact`: x·Φ(x). */
  readonly gelu: "quick" | "exact";
}

/** Layer norm over the last axis. */
export async function layerNorm(
  parts: GraphParts,
  x: string,
  names: { readonly norm: string; readonly dimensions: number; readonly epsilon: number; readonly output?: string },
): Promise<string> {
  const gain = await parts.constant(`${names.norm}.weight`, [names.dimensions]);
  const shift = await parts.constant(`${names.norm}.bias`, [names.dimensions]);
  const attributes = { axis: -1, epsilon: { float: names.epsilon } };
  return parts.graph.node("LayerNormalization", [x, gain, shift], attributes, names.output);
}

/** A shape for Reshape, where 0 keeps a size and −1 is what remains. */
function shapeConstant(parts: GraphParts, shape: readonly number[]): string {
  return parts.graph.constant(BigInt64Array.from(shape, BigInt), [shape.length]);
}

/** What attention takes, each `[batch, tokens, dimensions]`. */
export interface AttentionInputs {
  /** Already scaled. */
  readonly q: string;
  readonly k: string;
  readonly v: string;
  /** Added to the scores, `[batch, 1, 1, tokens]`: very negative where a token is padding; none by default. */
  readonly bias?: string;
}

/** Softmax(q·kᵀ + bias)·v per head. */
export function attend(
  parts: GraphParts,
  { q, k, v, bias }: AttentionInputs,
  heads: number,
  dimensions: number,
): string {
  const { graph } = parts;
  const split = shapeConstant(parts, [0, -1, heads, dimensions / heads]);
  const perHead = (x: string, perm: number[]): string =>
    graph.node("Transpose", [graph.node("Reshape", [x, split])], { perm });
  const products = graph.node("MatMul", [perHead(q, [0, 2, 1, 3]), perHead(k, [0, 2, 3, 1])]);
  const scores = bias === undefined ? products : graph.node("Add", [products, bias]);
  const weights = graph.node("Softmax", [scores], { axis: -1 });
  const mixed = graph.node("MatMul", [weights, perHead(v, [0, 2, 1, 3])]);
  const joined = graph.node("Transpose", [mixed], { perm: [0, 2, 1, 3] });
  return graph.node("Reshape", [joined, shapeConstant(parts, [0, -1, dimensions])]);
}

/** The scale of the scores, by which the queries' weights are multiplied in advance. */
export function queryScale(heads: number, dimensions: number): number {
  if (!Number.isInteger(heads) || heads < 1 || dimensions % heads !== 0) {
    throw new Error(`Cannot build the network: ${heads} heads over ${dimensions} dimensions; expected a divisor`);
  }
  return 1 / Math.sqrt(dimensions / heads);
}

/** One pre-norm transformer block; the result is called `name`. */
export async function transformerBlock(
  parts: GraphParts,
  tokens: Tokens,
  names: BlockNames,
  { heads, epsilon, gelu, name }: BlockOptions & { readonly name: string },
): Promise<Tokens> {
  const { graph } = parts;
  const { dimensions } = tokens;
  const normed = await layerNorm(parts, tokens.value, { norm: names.norm1, dimensions, epsilon });
  const projected = await splitProjection(parts, normed, names.projection, { heads, dimensions });
  const attended = await parts.linear(
    attend(parts, projected, heads, dimensions),
    `${names.out}.weight`,
    `${names.out}.bias`,
  );
  const middle = graph.node("Add", [tokens.value, await scaleBy(parts, attended, names.scale1, dimensions)]);
  const second = await layerNorm(parts, middle, { norm: names.norm2, dimensions, epsilon });
  const up = await parts.linear(second, `${names.up}.weight`, `${names.up}.bias`);
  const active = gelu === "quick" ? quickGelu(parts, up) : exactGelu(parts, up);
  const down = await parts.linear(active, `${names.down}.weight`, `${names.down}.bias`);
  const scaled = await scaleBy(parts, down, names.scale2, dimensions);
  return { ...tokens, value: graph.node("Add", [middle, scaled], {}, name) };
}

/** Each dimension times its own number; without a tensor of them, `x` itself. */
export async function scaleBy(
  parts: GraphParts,
  x: string,
  tensor: string | undefined,
  dimensions: number,
): Promise<string> {
  if (tensor === undefined) return x;
  const scale = parts.graph.constant(await parts.flat(tensor, dimensions), [dimensions], tensor);
  return parts.graph.node("Mul", [x, scale]);
}

/** Queries, keys and values from one stored matrix, by three products, so that nothing has to be sliced afterwards. */
async function splitProjection(
  parts: GraphParts,
  x: string,
  { weight, bias }: { readonly weight: string; readonly bias: string },
  { heads, dimensions }: { readonly heads: number; readonly dimensions: number },
): Promise<{ q: string; k: string; v: string }> {
  const matrix = await parts.read(weight, [3 * dimensions, dimensions]);
  const shift = await parts.read(bias, [3 * dimensions]);
  const scale = queryScale(heads, dimensions);
  const part = (index: number): string => {
    const rows = matrix.subarray(index * dimensions ** 2, (index + 1) * dimensions ** 2);
    const bias = shift.subarray(index * dimensions, (index + 1) * dimensions);
    const factor = index === 0 ? scale : 1;
    return parts.product(x, { weight: rows, bias, outputs: dimensions, inputs: dimensions, factor });
  };
  return { q: part(0), k: part(1), v: part(2) };
}

function scalar(parts: GraphParts, value: number): string {
  return parts.graph.constant(new Float32Array([value]), [1]);
}

function quickGelu(parts: GraphParts, x: string): string {
  const { graph } = parts;
  const gate = graph.node("Sigmoid", [graph.node("Mul", [x, scalar(parts, 1.702)])]);
  return graph.node("Mul", [x, gate]);
}

/** x·Φ(x), with the error function itself. */
export function exactGelu(parts: GraphParts, x: string): string {
  const { graph } = parts;
  const erf = graph.node("Erf", [graph.node("Div", [x, scalar(parts, Math.SQRT2)])]);
  const weighted = graph.node("Mul", [x, graph.node("Add", [erf, scalar(parts, 1)])]);
  return graph.node("Mul", [weighted, scalar(parts, 0.5)]);
}
