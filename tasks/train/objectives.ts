import { nn, numpy as np } from "@jax-js/jax";
import { uniform } from "./_uniform.ts";
import type { Tensors } from "./trunk.ts";

type Array = np.Array;

/** What a network learns. */
export const OBJECTIVE_NAMES = ["vision", "attributes", "language", "contrastive"] as const;
/** See {@linkcode OBJECTIVE_NAMES}. */
export type ObjectiveName = typeof OBJECTIVE_NAMES[number];

/** Sizes that the heads are made for. */
export interface HeadSizes {
  readonly features: number;
  readonly classes: number;
  /** Numbers in a caption's embedding, or in the code of attributes. */
  readonly embedding: number;
  readonly vocabulary: number;
}

/** Numbers in the space that images and captions share, and in the text encoder's layers. */
const SHARED = 64;
const TEXT = 128;

/** One kind of supervision: what comes after the trunk, and what it is held to. */
export interface Objective {
  /** Shapes of the tensors that are learned beside the trunk. */
  shapes(sizes: HeadSizes): Record<string, number[]>;
  /**
   * The loss over a batch, a number.
   *
   * @param features `[images, features]`.
   * @param heads Tensors as `shapes` lists them.
   * @param target `[images, classes]` of 0 and 1; or `[images, embedding]` of unit vectors; or `[images, vocabulary]` of
   * word shares.
   */
  loss(features: Array, heads: Tensors, target: Array): Array;
}

function linear(input: Array, weight: Array, bias?: Array): Array {
  const output = np.matmul(input, weight.transpose([1, 0]));
  return bias === undefined ? output : output.add(bias);
}

function toUnit(rows: Array): Array {
  const length = np.sqrt(rows.ref.mul(rows.ref).sum(1, { keepdims: true }).add(1e-12));
  return rows.div(length);
}

/** The mean of −log p of each row's own column. */
function crossEntropy(logits: Array, own: Array): Array {
  const [rows] = logits.shape;
  return nn.logSoftmax(logits, 1).mul(own).sum().mul(-1 / rows);
}

/** Images in the shared space, unit vectors. */
export function projectImages(features: Array, heads: Tensors): Array {
  return toUnit(linear(features, heads["projection.weight"].ref));
}

/** Captions in the shared space, unit vectors: the mean of their words' vectors through one hidden layer. */
export function encodeCaptions(words: Array, heads: Tensors): Array {
  const mean = np.matmul(words, heads["text.embedding.weight"].ref);
  const hidden = nn.relu(linear(mean, heads["text.hidden.weight"].ref, heads["text.hidden.bias"].ref));
  return toUnit(linear(hidden, heads["text.projection.weight"].ref));
}

/** Predicted vectors, of unit length. */
export function predictEmbedding(features: Array, heads: Tensors): Array {
  return toUnit(linear(features, heads["projection.weight"].ref, heads["projection.bias"].ref));
}

/** Scores by class. */
export function classify(features: Array, heads: Tensors): Array {
  return linear(features, heads["fc.weight"].ref, heads["fc.bias"].ref);
}

/** Fine-grained class labels by softmax; no words. */
const vision: Objective = {
  shapes: ({ features, classes }) => ({ "fc.weight": [classes, features], "fc.bias": [classes] }),
  loss: (features, heads, target) => crossEntropy(classify(features, heads), target),
};

/** A vector of each image, by cosine. */
const embedding: Objective = {
  shapes: ({ features, embedding }) => ({
    "projection.weight": [embedding, features],
    "projection.bias": [embedding],
  }),
  loss: (features, heads, target) => {
    const [images] = features.shape;
    return predictEmbedding(features, heads).mul(target).sum().mul(-1 / images).add(1);
  },
};

/** Images against captions, both ways, with a learned temperature (Radford et al. 2021, arXiv:2103.00020). */
const contrastive: Objective = {
  shapes: ({ features, vocabulary }) => ({
    "projection.weight": [SHARED, features],
    "text.embedding.weight": [vocabulary, TEXT],
    "text.hidden.weight": [TEXT, TEXT],
    "text.hidden.bias": [TEXT],
    "text.projection.weight": [SHARED, TEXT],
    "logit_scale": [],
  }),
  loss: (features, heads, target) => {
    const [images] = features.shape;
    const scale = np.exp(np.minimum(heads["logit_scale"].ref, Math.log(100)));
    const logits = np.matmul(projectImages(features, heads), encodeCaptions(target, heads).transpose([1, 0])).mul(
      scale,
    );
    const own = np.eye(images);
    return crossEntropy(logits.ref, own.ref).add(crossEntropy(logits.transpose([1, 0]), own)).mul(0.5);
  },
};

/**
 * The four kinds of supervision. Attributes and language differ in their targets alone, so that head and loss are one.
 */
export const OBJECTIVES: Readonly<Record<ObjectiveName, Objective>> = {
  vision,
  attributes: embedding,
  language: embedding,
  contrastive,
};

/**
 * Heads before training: matrices uniform within ±1/√(inputs), word vectors too, biases 0, the temperature at CLIP's
 * 1/0.07. The same seed gives the same bytes.
 */
export function initializeHeads(
  name: ObjectiveName,
  sizes: HeadSizes,
  seed: number,
): Map<string, { shape: number[]; data: Float32Array<ArrayBuffer> }> {
  const entries = Object.entries(OBJECTIVES[name].shapes(sizes));
  return new Map(entries.map(([tensor, shape]) => {
    const size = shape.reduce((product, size) => product * size, 1);
    if (tensor === "logit_scale") return [tensor, { shape, data: new Float32Array([Math.log(1 / 0.07)]) }];
    if (shape.length === 1) return [tensor, { shape, data: new Float32Array(size) }];
    return [tensor, { shape, data: uniform(size, 1 / Math.sqrt(shape[1]), seed, tensor) }];
  }));
}
