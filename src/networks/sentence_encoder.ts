import { GraphBuilder } from "../onnx/mod.ts";
import { type Checkpoint, scopeTo } from "../weights/browser.ts";
import { attend, exactGelu, layerNorm, queryScale } from "./_attention.ts";
import { GraphParts } from "./_graph_parts.ts";

/** What no shape of a sentence encoder's tensors tells. */
export interface SentenceEncoderOptions {
  /** Attention heads: BERT's have 64 dimensions each, MiniLM's 32. */
  readonly heads: number;
}

/** A text encoder of one vector a sentence. */
export interface SentenceEncoder {
  /** Inputs `input_ids` and `attention_mask`, int64 `[sentences, tokens]`; output `sentence_embedding`, `[sentences, dimensions]`. */
  readonly graph: GraphBuilder;
  /** Numbers in an embedding. */
  readonly dimensions: number;
  /** The most tokens that a sentence may have. */
  readonly positions: number;
  /** Pieces of words that it knows; ids are below this. */
  readonly vocabulary: number;
}

interface Encoding {
  readonly parts: GraphParts;
  readonly heads: number;
  readonly dimensions: number;
  /** Added to the scores of attention. */
  readonly bias: string;
}

/** What BERT's layer norms add to the variance. */
const EPSILON = 1e-12;
/** Added to the score of padding: its weight becomes exactly zero in float32. */
const IGNORED = 1e9;

const EMBEDDINGS = {
  words: "embeddings.word_embeddings.weight",
  positions: "embeddings.position_embeddings.weight",
  types: "embeddings.token_type_embeddings.weight",
};

/**
 * Builds a BERT (Devlin et al. 2019, doi:10.18653/v1/N19-1423) that embeds sentences as Sentence-BERT does (Reimers and Gurevych
 * 2019, doi:10.18653/v1/D19-1410): the mean over a sentence's tokens after the last layer, of Euclidean length 1. Tensors have
 * Transformers' names, under any prefix such as `bert.`; sizes are read off the shapes.
 *
 * A token whose mask is 0 is padding, and changes nothing.
 *
 * @throws {Error} where tensors are missing, their shapes make no such network, or the heads do not divide its dimensions.
 */
export async function buildSentenceEncoder(
  checkpoint: Checkpoint,
  { heads }: SentenceEncoderOptions,
): Promise<SentenceEncoder> {
  const parts = new GraphParts(
    new GraphBuilder("sentence-encoder"),
    scopeTo(checkpoint, [EMBEDDINGS.words]),
  );
  const { graph } = parts;
  const [vocabulary, dimensions] = parts.shape(EMBEDDINGS.words, 2);
  const [positions] = parts.shape(EMBEDDINGS.positions, 2);
  const ids = graph.input("input_ids", "int64", ["sentences", "tokens"]);
  const mask = graph.node("Cast", [graph.input("attention_mask", "int64", ["sentences", "tokens"])], { to: 1 });
  const encoding: Encoding = { parts, heads, dimensions, bias: maskBias(graph, mask) };
  let tokens = await embedTokens(parts, ids, { vocabulary, dimensions, positions });
  const layers = countLayers(parts);
  if (layers === 0) parts.shape(`${layerName(0)}.attention.self.query.weight`, 2);
  for (let layer = 0; layer < layers; layer++) tokens = await encodeLayer(encoding, tokens, layerName(layer));
  graph.output(pool(graph, tokens, mask), "float32", ["sentences", dimensions]);
  return { graph, dimensions, positions, vocabulary };
}

function layerName(layer: number): string {
  return `encoder.layer.${layer}`;
}

/** One more than the largest number of a layer, so that a layer that is missing in between is noticed. */
function countLayers(parts: GraphParts): number {
  const numbers = parts.names.map((name) => Number(/^encoder\.layer\.(\d+)\./.exec(name)?.[1] ?? -1));
  return 1 + Math.max(-1, ...numbers);
}

/** The sum of a token's word, place and type, normalized; a sentence by itself is all of type 0. */
async function embedTokens(
  parts: GraphParts,
  ids: string,
  sizes: { readonly vocabulary: number; readonly dimensions: number; readonly positions: number },
): Promise<string> {
  const { graph } = parts;
  const { vocabulary, dimensions, positions } = sizes;
  const [types] = parts.shape(EMBEDDINGS.types, 2);
  const type = await parts.read(EMBEDDINGS.types, [types, dimensions]);
  const places = Float32Array.from(await parts.read(EMBEDDINGS.positions, [positions, dimensions]));
  for (let i = 0; i < places.length; i++) places[i] += type[i % dimensions];
  const words = graph.node("Gather", [await parts.constant(EMBEDDINGS.words, [vocabulary, dimensions]), ids]);
  const tokens = graph.node("Shape", [ids], { start: 1, end: 2 });
  const start = graph.constant(new BigInt64Array([0n]), [1]);
  const used = graph.node("Slice", [graph.constant(places, [positions, dimensions]), start, tokens]);
  const sum = graph.node("Add", [words, used]);
  return await layerNorm(parts, sum, { norm: "embeddings.LayerNorm", dimensions, epsilon: EPSILON });
}

/** 0 for a token and −10⁹ for padding, `[sentences, 1, 1, tokens]`. */
function maskBias(graph: GraphBuilder, mask: string): string {
  const one = graph.constant(new Float32Array([1]), [1]);
  const weight = graph.constant(new Float32Array([IGNORED]), [1]);
  const bias = graph.node("Mul", [graph.node("Sub", [mask, one]), weight]);
  return graph.node("Unsqueeze", [bias, graph.constant(new BigInt64Array([1n, 2n]), [2])]);
}

/** One post-norm transformer layer. */
async function encodeLayer({ parts, heads, dimensions, bias }: Encoding, x: string, layer: string): Promise<string> {
  const linear = (input: string, name: string, factor?: number): Promise<string> =>
    parts.linear(input, `${layer}.${name}.weight`, `${layer}.${name}.bias`, factor);
  const addAndNorm = async (before: string, added: string, norm: string): Promise<string> =>
    await layerNorm(parts, parts.graph.node("Add", [before, added]), {
      norm: `${layer}.${norm}`,
      dimensions,
      epsilon: EPSILON,
    });
  const q = await linear(x, "attention.self.query", queryScale(heads, dimensions));
  const k = await linear(x, "attention.self.key"), v = await linear(x, "attention.self.value");
  const attended = await linear(attend(parts, { q, k, v, bias }, heads, dimensions), "attention.output.dense");
  const middle = await addAndNorm(x, attended, "attention.output.LayerNorm");
  const wide = exactGelu(parts, await linear(middle, "intermediate.dense"));
  return await addAndNorm(middle, await linear(wide, "output.dense"), "output.LayerNorm");
}

/** The mean over tokens that are no padding, of length 1; so their sum does, as the number of tokens falls out. */
function pool(graph: GraphBuilder, tokens: string, mask: string): string {
  const axis = graph.constant(new BigInt64Array([1n]), [1]);
  const sum = graph.node("MatMul", [graph.node("Unsqueeze", [mask, axis]), tokens]);
  const row = graph.node("Squeeze", [sum, axis]);
  return graph.node("LpNormalization", [row], { axis: -1, p: 2 }, "sentence_embedding");
}
