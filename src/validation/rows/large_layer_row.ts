import type { CalibrationRow } from "../row.ts";
import { synthesizeMoments } from "../synthetic_moments.ts";
import { coverageOfMeasures, observeLayer } from "./_covered_layer.ts";

const CONDITIONS = ["faces", "bodies", "places", "objects", "words"];

/** A layer that is so large that blocks are deleted on a sample of its channels alone. */
export const LARGE_LAYER_ROW: CalibrationRow = {
  id: "coverage-large-layer",
  scenario:
    "802,816 units in 256 channels, 1 % selective for one condition of five, 42 images each, normal noise; blocks " +
    "deleted on a sample of whole channels of some 100,000 units",
  claim: "95 % intervals over images cover",
  through: "pipeline",
  simulations: 400,
  async simulate({ seed, draw, quick }) {
    const recording = synthesizeMoments({
      seed,
      imageSeed: draw,
      conditions: CONDITIONS,
      targets: [0],
      imagesPerBlock: 7,
      blocks: 6,
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
};
