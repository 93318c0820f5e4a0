import { analyseNetwork } from "../../inference/mod.ts";
import { PROPORTION } from "../../measures/mod.ts";
import { blockCount } from "../../stimuli/mod.ts";
import { quantityOf, rateFinding } from "../findings.ts";
import { primaryTools } from "../primary_tools.ts";
import type { CalibrationRow } from "../row.ts";
import { AT_LEAST_80_PERCENT } from "../rules.ts";
import { synthesizeRecording } from "../synthetic_recording.ts";

const CONDITIONS = ["faces", "bodies", "places", "objects", "words", "chairs"];
const TARGETS = CONDITIONS.slice(0, 1);
const IMAGES = 60;

/** Whether few selective units stand out against permuted labels. */
export const PERMUTATION_ROW: CalibrationRow = {
  id: "permutation-null",
  scenario:
    "10,000 units of which 20 (0.2 %) prefer the target, by 1.5 deviations; six conditions of 60 images, 99 permutations",
  claim: "the selection is told from chance",
  through: "pipeline",
  simulations: 400,
  async simulate({ draw, quick }) {
    const { recording } = synthesizeRecording({
      seed: draw,
      conditions: CONDITIONS,
      targets: TARGETS,
      imagesPerCondition: IMAGES,
      blocks: blockCount([IMAGES]),
      categories: 1,
      sampledUnits: 64,
      layers: [{ name: "layer", shape: quick ? [10, 10, 10] : [40, 10, 25], selective: 0.002, effect: 1.5 }],
    });
    const few = { targets: TARGETS, seed: draw, permutations: 99, splits: 1, comparedSplits: 1, comparedImages: 3 };
    const { settings, tools } = primaryTools(few, CONDITIONS);
    const { layers } = await analyseNetwork(recording, settings, { tools: { ...tools, measures: [PROPORTION] } });
    const found = layers[0].categories[TARGETS[0]].null;
    return { "p < 0.05": found === null ? null : found.pValue < 0.05 };
  },
  findings: (outcomes) => [rateFinding("p < 0.05", quantityOf(outcomes, "p < 0.05"), AT_LEAST_80_PERCENT)],
};
