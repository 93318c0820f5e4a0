import type { Study } from "./study.ts";

const SEEDS = [0, 1, 2, 3, 4, 5];

/**
 * The experiment in small: one trunk, four kinds of supervision, six seeds, and the trunks they started from, untrained.
 */
export const MINI: Study = {
  name: "mini",
  title: "Four kinds of supervision in one small residual network",
  networks: ["mini-vision", "mini-attributes", "mini-lang", "mini-clip", "mini-untrained"].flatMap((family) =>
    SEEDS.map((seed) => ({ lock: `${family}-s${seed}` }))
  ),
  stimuli: "procedural",
  layers: "blocks",
  criterion: "conjunction-max",
  // The layers have 128 to 16,384 units: at the usual 1e-4 a third of a trained network's layers and categories have too few units
  // to measure.
  fixedThreshold: 0.001,
  compare: [
    { a: "mini-vision", b: "mini-lang", contrast: "sentence embeddings in place of class labels", claims: true },
    { a: "mini-attributes", b: "mini-lang", contrast: "sentence embeddings in place of the same facts as attributes" },
    { a: "mini-vision", b: "mini-attributes", contrast: "attributes in place of class labels" },
    { a: "mini-vision", b: "mini-clip", contrast: "image–caption contrast in place of class labels", claims: true },
    { a: "mini-untrained", b: "mini-vision", contrast: "training on class labels" },
    { a: "mini-untrained", b: "mini-attributes", contrast: "training on attributes" },
    { a: "mini-untrained", b: "mini-lang", contrast: "training on sentence embeddings" },
    { a: "mini-untrained", b: "mini-clip", contrast: "training on image–caption contrast" },
  ],
};
