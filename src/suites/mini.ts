import type { Suite } from "./suite.ts";

const SEEDS = [0, 1, 2];

/** The controlled experiment in small: one trunk, three kinds of supervision, three seeds, and the trunks they started from, untrained. */
export const MINI: Suite = {
  name: "mini",
  title: "Three kinds of supervision in one small residual network",
  networks: [
    ...["mini-vision", "mini-lang", "mini-clip", "mini-untrained"].flatMap((family) =>
      SEEDS.map((seed) => `${family}-s${seed}`)
    ),
  ],
  stimuli: "procedural",
  taps: "blocks",
  criterion: "conjunction",
  pairs: [
    { a: "mini-vision", b: "mini-lang", contrast: "caption embeddings in place of class labels" },
    { a: "mini-vision", b: "mini-clip", contrast: "image–caption contrast in place of class labels" },
    { a: "mini-untrained", b: "mini-vision", contrast: "training on class labels" },
    { a: "mini-untrained", b: "mini-lang", contrast: "training on caption embeddings" },
    { a: "mini-untrained", b: "mini-clip", contrast: "training on image–caption contrast" },
  ],
  limits: [
    "The mini networks are small and saw drawn images only; what holds for them need not hold for networks of full size.",
    "The caption embeddings are computed from the captions of the training set itself, so language here carries the " +
    "statistics of a small grammar and not those of human writing.",
    "The default criterion holds the false discovery rate of each contrast, not that of the units that pass all of them, " +
    "of which a larger share may be false; conjunction-max, among the criteria, holds it.",
    "Three seeds a family bound how well the spread between trainings is known.",
  ],
};
