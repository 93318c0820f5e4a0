import { uniform } from "./_uniform.ts";
import type { GraphOps } from "./_graph_ops.ts";

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
/** The largest logit scale, as in CLIP. */
const MOST = Math.log(100);

/** A head in a graph: scores or vectors, the loss, and gradients; all strings name values of the graph. */
export interface HeadGraph {
  /** A number. */
  readonly loss: string;
  /** By the features, `[images, features]`. */
  readonly byFeatures: string;
  /** By the head's tensors. */
  readonly gradients: Readonly<Record<string, string>>;
}

/** What a head is added to. */
export interface HeadInputs {
  readonly features: string;
  /** Values that hold the head's tensors. */
  readonly tensors: Readonly<Record<string, string>>;
  /** `[images, classes]` of 0 and 1; or `[images, embedding]` of unit vectors; or `[images, vocabulary]` of word shares. */
  readonly target: string;
  readonly batch: number;
}

/** One kind of supervision: what comes after the trunk, and what it is held to. */
export interface Objective {
  /** Shapes of the tensors that are learned beside the trunk. */
  shapes(sizes: HeadSizes): Record<string, number[]>;
  /**
   * Scores of each image for each class, or for each row of the target, `[images, classes or rows]`: what accuracy is
   * measured by.
   */
  scores(ops: GraphOps, inputs: HeadInputs): string;
  /** The mean loss over a batch, with its gradients. */
  learn(ops: GraphOps, inputs: HeadInputs): HeadGraph;
}

/** `input · weightᵀ (+ bias)` with the way back. */
function linear(ops: GraphOps, input: string, weight: string, bias?: string): {
  output: string;
  pull(gradient: string): { byInput: string; byWeight: string; byBias: string };
} {
  const product = ops.product(input, ops.transpose(weight, 1, 0));
  return {
    output: bias === undefined ? product : ops.add(product, bias),
    pull: (gradient) => ({
      byInput: ops.product(gradient, weight),
      byWeight: ops.product(ops.transpose(gradient, 1, 0), input),
      byBias: ops.sum(gradient, [0]),
    }),
  };
}

/** Rows scaled to unit length, with the way back. */
function toUnit(ops: GraphOps, rows: string): { output: string; pull(gradient: string): string } {
  const squares = ops.sum(ops.multiply(rows, rows), [1], true);
  const length = ops.node("Sqrt", [ops.add(squares, ops.number(1e-12))]), output = ops.divide(rows, length);
  return {
    output,
    pull(gradient) {
      const along = ops.sum(ops.multiply(gradient, output), [1], true);
      return ops.divide(ops.subtract(gradient, ops.multiply(output, along)), length);
    },
  };
}

/** The mean of −log p of each row's own column, and its gradient by the logits; rows of `own` sum to 1. */
function crossEntropy(ops: GraphOps, logits: string, own: string, rows: number): { loss: string; gradient: string } {
  const logs = ops.node("LogSoftmax", [logits], { axis: 1 });
  return {
    loss: ops.scale(ops.sum(ops.multiply(logs, own), [0, 1]), -1 / rows),
    gradient: ops.scale(ops.subtract(ops.node("Softmax", [logits], { axis: 1 }), own), 1 / rows),
  };
}

/** Fine-grained class labels by softmax; no words. */
const vision: Objective = {
  shapes: ({ features, classes }) => ({ "fc.weight": [classes, features], "fc.bias": [classes] }),
  scores: (ops, { features, tensors }) => linear(ops, features, tensors["fc.weight"], tensors["fc.bias"]).output,
  learn(ops, { features, tensors, target, batch }) {
    const scores = linear(ops, features, tensors["fc.weight"], tensors["fc.bias"]);
    const { loss, gradient } = crossEntropy(ops, scores.output, target, batch), pulled = scores.pull(gradient);
    return {
      loss,
      byFeatures: pulled.byInput,
      gradients: { "fc.weight": pulled.byWeight, "fc.bias": pulled.byBias },
    };
  },
};

/** A vector of each image, by cosine. */
const embedding: Objective = {
  shapes: ({ features, embedding }) => ({ "projection.weight": [embedding, features], "projection.bias": [embedding] }),
  scores(ops, { features, tensors, target }) {
    const predicted = linear(ops, features, tensors["projection.weight"], tensors["projection.bias"]);
    return ops.product(toUnit(ops, predicted.output).output, ops.transpose(target, 1, 0));
  },
  learn(ops, { features, tensors, target, batch }) {
    const predicted = linear(ops, features, tensors["projection.weight"], tensors["projection.bias"]);
    const unit = toUnit(ops, predicted.output), along = ops.sum(ops.multiply(unit.output, target), [0, 1]);
    const pulled = predicted.pull(unit.pull(ops.scale(target, -1 / batch)));
    return {
      loss: ops.subtract(ops.number(1), ops.scale(along, 1 / batch)),
      byFeatures: pulled.byInput,
      gradients: { "projection.weight": pulled.byWeight, "projection.bias": pulled.byBias },
    };
  },
};

/** Images in the shared space, and captions by the mean of their words' vectors through one hidden layer. */
function bothSides(ops: GraphOps, { features, tensors, target }: HeadInputs) {
  const image = linear(ops, features, tensors["projection.weight"]), imageUnit = toUnit(ops, image.output);
  const words = ops.product(target, tensors["text.embedding.weight"]);
  const before = linear(ops, words, tensors["text.hidden.weight"], tensors["text.hidden.bias"]);
  const hidden = ops.node("Relu", [before.output]);
  const text = linear(ops, hidden, tensors["text.projection.weight"]), textUnit = toUnit(ops, text.output);
  const cosines = ops.product(imageUnit.output, ops.transpose(textUnit.output, 1, 0));
  return { image, imageUnit, before, hidden, text, textUnit, cosines };
}

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
  scores: (ops, inputs) => bothSides(ops, inputs).cosines,
  learn(ops, inputs) {
    const { tensors, target, batch } = inputs, sides = bothSides(ops, inputs);
    const logScale = tensors["logit_scale"], most = ops.number(MOST);
    const scale = ops.node("Exp", [ops.node("Min", [logScale, most])]);
    const logits = ops.multiply(sides.cosines, scale);
    const own = ops.graph.constant(
      Float32Array.from({ length: batch * batch }, (_, i) => Number(i % (batch + 1) === 0)),
      [batch, batch],
    );
    const rows = crossEntropy(ops, logits, own, batch);
    const columns = crossEntropy(ops, ops.transpose(logits, 1, 0), own, batch);
    const gradient = ops.scale(ops.add(rows.gradient, ops.transpose(columns.gradient, 1, 0)), 0.5);
    const byCosines = ops.multiply(gradient, scale);
    const image = sides.image.pull(sides.imageUnit.pull(ops.product(byCosines, sides.textUnit.output)));
    const text = sides.text.pull(
      sides.textUnit.pull(ops.product(ops.transpose(byCosines, 1, 0), sides.imageUnit.output)),
    );
    const hidden = sides.before.pull(ops.multiply(text.byInput, ops.isPositive(sides.hidden)));
    const within = ops.node("Cast", [ops.node("Less", [logScale, most])], { to: 1 });
    return {
      loss: ops.scale(ops.add(rows.loss, columns.loss), 0.5),
      byFeatures: image.byInput,
      gradients: {
        "projection.weight": image.byWeight,
        "text.embedding.weight": ops.product(ops.transpose(target, 1, 0), hidden.byInput),
        "text.hidden.weight": hidden.byWeight,
        "text.hidden.bias": hidden.byBias,
        "text.projection.weight": text.byWeight,
        "logit_scale": ops.multiply(ops.sum(ops.multiply(gradient, logits), [0, 1]), within),
      },
    };
  },
};

/** The four kinds of supervision. Attributes and language differ in their targets alone, so that head and loss are one. */
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
