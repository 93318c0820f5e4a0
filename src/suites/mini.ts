import type { Suite } from "./suite.ts";

const SEEDS = [0, 1, 2];

/** The controlled experiment in small: one trunk, three kinds of supervision, three seeds, and the trunks they started from, untrained. */
export const MINI: Suite = {
  name: "mini",
  title: "Three kinds of supervision in one small residual network",
  networks: ["mini-vision", "mini-lang", "mini-clip", "mini-untrained"].flatMap((family) =>
    SEEDS.map((seed) => `${family}-s${seed}`)
  ),
  stimuli: "procedural",
  layers: "blocks",
  criterion: "conjunction",
  pairs: [
    { a: "mini-vision", b: "mini-lang", contrast: "caption embeddings in place of class labels" },
    { a: "mini-vision", b: "mini-clip", contrast: "image–caption contrast in place of class labels" },
    { a: "mini-untrained", b: "mini-vision", contrast: "training on class labels" },
    { a: "mini-untrained", b: "mini-lang", contrast: "training on caption embeddings" },
    { a: "mini-untrained", b: "mini-clip", contrast: "training on image–caption contrast" },
  ],
};
