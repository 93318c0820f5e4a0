import type { CalibrationRow } from "../row.ts";
import { synthesizeMoments } from "../synthetic_moments.ts";
import { coverageOfMeasures, observeLayer } from "./_covered_layer.ts";

const CONDITIONS = ["faces", "bodies", "places", "objects", "words"];

/** Noise that images bring to all units, as real images do, and noise that no two channels share. */
const NOISES = [
  { id: "coverage-large-layer", noise: "shared", words: "noise that is half common to all units", simulations: 400 },
  {
    id: "coverage-large-layer-independent",
    noise: "normal",
    words: "noise that is common to units of a channel alone, so that a sample of channels varies more than the layer",
    simulations: 200,
  },
] as const;

/** A layer that is so large that blocks are deleted on a sample of its channels alone. */
export const LARGE_LAYER_ROWS: readonly CalibrationRow[] = NOISES.map(({ id, noise, words, simulations }) => ({
  id,
  scenario:
    "802,816 units in 256 channels, 1 % selective for one condition of five, 42 images each; blocks deleted on a " +
    `sample of whole channels of some 100,000 units; ${words}`,
  claim: "95 % intervals over images cover",
  through: "pipeline",
  simulations,
  async simulate({ seed, draw, quick }) {
    const recording = synthesizeMoments({
      seed,
      imageSeed: draw,
      conditions: CONDITIONS,
      targets: [0],
      imagesPerBlock: 7,
      blocks: 6,
      noise,
      layer: {
        name: "layer",
        shape: quick ? [32, 8, 8] : [256, 56, 56],
        selective: 0.01,
        effect: 1.4,
        clustered: 0.5,
      },
    });
    return await observeLayer(recording, {
      targets: CONDITIONS.slice(0, 1),
      seed: draw,
      ...(quick ? { largestLayer: 512 } : {}),
    });
  },
  findings: coverageOfMeasures,
}));
