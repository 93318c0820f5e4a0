import { blockCount } from "../../stimuli/mod.ts";
import type { Noise } from "../noise.ts";
import type { CalibrationRow } from "../row.ts";
import { synthesizeRecording } from "../synthetic_recording.ts";
import { coverageOfMeasures, observeLayer } from "./_covered_layer.ts";

/** Images of a layer that is looked at, and how its responses to them vary. */
interface Shown {
  readonly name: string;
  readonly words: string;
  readonly noise: Noise;
  readonly images: readonly number[];
}

const SHOWN: readonly Shown[] = [
  { name: "normal", words: "normal noise", noise: "normal", images: [80, 80, 80, 80, 80, 80] },
  { name: "skewed", words: "exponential noise", noise: "skewed", images: [40, 40, 40, 40, 40] },
  {
    name: "heavy-tailed",
    words: "Student’s t noise with 5 degrees of freedom",
    noise: "heavy-tailed",
    images: [60, 60, 60, 60, 60, 60, 60],
  },
  {
    name: "shared",
    words: "noise that is half common to all units",
    noise: "shared",
    images: [80, 80, 80, 80, 80, 80],
  },
  { name: "unequal", words: "normal noise, 16 to 80 images", noise: "normal", images: [16, 80, 40, 24, 60, 32] },
];

/** Shares of selective units, and how strongly they prefer their condition where it has 16 images, and where it has more. */
const SELECTIVE = [
  { percent: 0.3, few: 3, many: 1.8 },
  { percent: 1, few: 3, many: 1.6 },
  { percent: 10, few: 3, many: 1.6 },
];
const NAMES = ["faces", "bodies", "places", "objects", "words", "chairs", "cars"];
const TARGETS = NAMES.slice(0, 2);

/** 95 % intervals of one layer of 10,240 units whose units stay while its images change. */
export const COVERAGE_ROWS: readonly CalibrationRow[] = SHOWN.flatMap(({ name, words, noise, images }) =>
  SELECTIVE.map(({ percent, few, many }): CalibrationRow => ({
    id: `coverage-${name}-${percent}`,
    scenario: `10,240 units, ${percent} % selective for each of two conditions of ${images.length}, ${words}`,
    claim: "95 % intervals over images cover",
    through: "pipeline",
    simulations: 400,
    async simulate({ seed, draw, quick }) {
      const { recording } = synthesizeRecording({
        seed,
        imageSeed: draw,
        conditions: NAMES.slice(0, images.length),
        targets: TARGETS,
        imagesPerCondition: images,
        blocks: blockCount(images),
        categories: 1,
        noise,
        sampledUnits: 64,
        layers: [{
          name: "layer",
          shape: quick ? [12, 6, 6] : [40, 16, 16],
          selective: percent / 100,
          effect: Math.min(...images) < 40 ? few : many,
          effectSpread: 0.4,
          clustered: 0.5,
        }],
      });
      return await observeLayer(recording, { targets: TARGETS.slice(0, 1), seed: draw });
    },
    findings: coverageOfMeasures,
  }))
);
