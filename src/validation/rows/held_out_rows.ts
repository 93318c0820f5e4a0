import { analyseNetwork } from "../../inference/mod.ts";
import { localize } from "../../localize/mod.ts";
import { DPRIME } from "../../measures/mod.ts";
import type { Recording } from "../../recording/mod.ts";
import { meanOf } from "../../statistics/mod.ts";
import { blockCount } from "../../stimuli/mod.ts";
import { meanFinding, quantityOf } from "../findings.ts";
import { primaryTools } from "../primary_tools.ts";
import type { CalibrationRow, Outcome } from "../row.ts";
import { BIAS_AT_MOST_005, STATED } from "../rules.ts";
import { synthesizeRecording } from "../synthetic_recording.ts";

const TARGET = "faces";
const EFFECTS = [0.8, 1.5];
const IMAGES = 60;

/** Of the units that d′ is measured in on either half, the share that truly prefers the target; null where none is. */
async function trueShare(recording: Recording, seed: number, preference: Int8Array): Promise<number | null> {
  for await (const { measured } of localize({ recording, targets: [TARGET], seed, measures: [] })) {
    return meanOf(
      measured.map(([{ units }]) =>
        units.length === 0
          ? null
          : units.reduce((sum, unit) => sum + (preference[unit] === 0 ? 1 : 0), 0) / units.length
      ),
    );
  }
  return null;
}

/** d′ of the selected less its expectation, measured on the other half and on the one that selected. */
async function biasesOf(
  effect: number,
  { others, seed, draw, units }: { others: number; seed: number; draw: number; units: number },
): Promise<{ readonly heldOut: number | null; readonly circular: number | null }> {
  const conditions = [TARGET, ...Array.from({ length: others }, (_, i) => `other ${i + 1}`)];
  const { recording, preference } = synthesizeRecording({
    seed,
    imageSeed: draw,
    conditions,
    targets: [TARGET],
    imagesPerCondition: IMAGES,
    blocks: blockCount([IMAGES]),
    categories: 1,
    shared: 0,
    layers: [{ name: "layer", shape: [units], selective: 0.2, effect }],
  });
  const { settings, tools } = primaryTools({ targets: [TARGET], fast: true, seed: draw }, conditions);
  const { layers } = await analyseNetwork(recording, settings, { tools: { ...tools, measures: [DPRIME] } });
  const { measures, circular } = layers[0].categories[TARGET];
  const share = await trueShare(recording, draw, preference[0]);
  // The mean of 1/s over normal samples, for a variance averaged over two groups of images.
  const few = 1 + 3 / (4 * (IMAGES - 2));
  const less = (value: number | null): number | null =>
    share === null || value === null ? null : value - share * effect * few;
  return { heldOut: less(measures[DPRIME.name].value), circular: less(circular[DPRIME.name]) };
}

/**
 * Held-out d′ against the runner-up where all other conditions are alike. A truly selective unit has the planted d′ in
 * expectation, times what estimating a deviation from few images adds; a unit selected by chance has none.
 */
export const HELD_OUT_ROWS: readonly CalibrationRow[] = [2, 4, 6].map((others): CalibrationRow => ({
  id: `held-out-${others}`,
  scenario: `d′ of ${EFFECTS.join(" and ")} against ${others} other conditions that are all alike, 60 images each`,
  claim: "held-out d′ is not biased; measured on the images that selected it would be",
  through: "pipeline",
  simulations: 400,
  async simulate({ seed, draw, quick }) {
    const outcome: Record<string, number | null> = {};
    for (const effect of EFFECTS) {
      const found = await biasesOf(effect, { others, seed, draw, units: quick ? 80 : 400 });
      outcome[`held out, d′ ${effect}`] = found.heldOut;
      outcome[`circular, d′ ${effect}`] = found.circular;
    }
    return outcome;
  },
  findings: (outcomes: readonly Outcome[]) =>
    EFFECTS.flatMap((effect) =>
      (["held out", "circular"] as const).map((how) => {
        const quantity = `${how}, d′ ${effect}`;
        return meanFinding(quantity, quantityOf(outcomes, quantity), how === "held out" ? BIAS_AT_MOST_005 : STATED);
      })
    ),
}));
