import { ALL_CATEGORIES, analyseNetwork } from "../../inference/mod.ts";
import { CONSISTENCY } from "../../measures/mod.ts";
import { blockCount } from "../../stimuli/mod.ts";
import { coverageFinding, quantityOf } from "../findings.ts";
import { primaryTools } from "../primary_tools.ts";
import type { CalibrationRow, Observed } from "../row.ts";
import { synthesizeRecording } from "../synthetic_recording.ts";

const CONDITIONS = ["faces", "bodies", "places", "objects", "words"];
const TARGETS = CONDITIONS.slice(0, 2);
const IMAGES = 48;

/** The interval of consistency over layers, over all sampled units and over those selected for one condition. */
export const CONSISTENCY_ROW: CalibrationRow = {
  id: "coverage-consistency",
  scenario:
    "consistency of three layers of 400 units, a quarter selective for each of two conditions of five, 48 images each",
  claim: "95 % intervals over images cover",
  through: "pipeline",
  simulations: 400,
  async simulate({ seed, draw, quick }) {
    const { recording } = synthesizeRecording({
      seed,
      imageSeed: draw,
      conditions: CONDITIONS,
      targets: TARGETS,
      imagesPerCondition: IMAGES,
      blocks: blockCount([IMAGES]),
      categories: 1,
      layers: [1.6, 1.8, 2].map((effect, l) => ({
        name: `layer ${l}`,
        shape: [quick ? 96 : 400],
        selective: 0.25,
        effect,
      })),
    });
    const { settings, tools } = primaryTools({
      targets: TARGETS,
      seed: draw,
      placements: 2,
      ...(quick ? { comparedImages: 80 } : {}),
    }, CONDITIONS);
    const { measures } = await analyseNetwork(recording, settings, {
      tools: { ...tools, measures: [CONSISTENCY] },
    });
    const observed = (category: string): Observed => {
      const { value, interval } = measures[CONSISTENCY.name][category];
      return { value, interval };
    };
    return { "over sampled units": observed(ALL_CATEGORIES), "over selected units": observed(TARGETS[0]) };
  },
  findings: (outcomes) =>
    ["over sampled units", "over selected units"].map((units) =>
      coverageFinding(units, quantityOf<Observed>(outcomes, units))
    ),
};
