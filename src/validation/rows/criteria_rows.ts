import { Contrasts, CRITERIA, parseCriterion } from "../../criteria/mod.ts";
import { meanFinding, quantityOf, rateFinding } from "../findings.ts";
import { NOISES } from "../noise.ts";
import { noiseHalf } from "../noise_half.ts";
import type { CalibrationRow, Outcome } from "../row.ts";
import { AT_MOST_5_PERCENT, type Rule, STATED } from "../rules.ts";

const NAMES = ["faces", "objects", "bodies", "places", "words"];
/** Criteria that correct over the units of a layer, so that under pure noise few layers have any selected unit. */
const CORRECTED = ["conjunction-max", "conjunction", "prince"];
const WORDS: Readonly<Record<string, string>> = {
  normal: "normal, each unit’s own",
  skewed: "exponential",
  "heavy-tailed": "Student’s t with 5 degrees of freedom",
  shared: "normal, half of it common to all units",
  unequal: "normal, a third of the images for the target",
};

const sum = (mask: Uint8Array): number => mask.reduce((total, each) => total + each, 0);

/** Whether a criterion selects anything of a layer of pure noise, against one other condition and against four. */
export const ERROR_RATE_ROWS: readonly CalibrationRow[] = [...NOISES, "unequal" as const].map(
  (noise): CalibrationRow => {
    const quantity = (criterion: string, conditions: number): string => `${criterion}, ${conditions} conditions`;
    return {
      id: `error-rate-${noise}`,
      scenario: `a layer of 200 units of pure noise (${WORDS[noise]}), 30 images a condition in the half that selects`,
      claim: "a corrected criterion selects any unit in few layers",
      through: "criteria",
      simulations: 400,
      simulate({ draw, quick }) {
        const images = quick ? 24 : 30;
        const outcome: Record<string, boolean> = {};
        for (const count of [2, 5]) {
          const conditions = NAMES.slice(0, count);
          const input = noiseHalf({
            conditions,
            units: quick ? 60 : 200,
            images: conditions.map((_, c) => noise === "unequal" && c === 0 ? Math.max(4, images / 3) : images),
            noise: noise === "unequal" ? "normal" : noise,
            seed: draw,
          });
          const contrasts = new Contrasts(input.moments);
          for (const criterion of CRITERIA) {
            outcome[quantity(criterion.name, count)] = sum(criterion.select({ ...input, contrasts })) > 0;
          }
        }
        return Promise.resolve(outcome);
      },
      findings: (outcomes) =>
        CRITERIA.flatMap(({ name }) =>
          [2, 5].map((count) => {
            const rule: Rule = CORRECTED.includes(name) ? AT_MOST_5_PERCENT : STATED;
            return rateFinding(quantity(name, count), quantityOf(outcomes, quantity(name, count)), rule);
          })
        ),
    };
  },
);

const COMPARED = ["conjunction-max", "conjunction"];
/** In deviations of the noise; seen by every contrast. */
const EFFECT = 2;

/**
 * Units that fail exactly one contrast. Those that one other condition suppresses make the contrast with it a lenient one, which
 * then lets units pass by chance that respond to both alike.
 */
export const FALSE_SHARE_ROW: CalibrationRow = {
  id: "false-share",
  scenario:
    "2,000 units: 900 prefer the target and one other condition alike, 900 are only suppressed by that one, 20 prefer " +
    "the target; 42 images a condition in the half that selects",
  claim: "conjunction-max keeps its false discovery rate; conjunction does not",
  through: "criteria",
  simulations: 400,
  simulate({ draw, quick }) {
    const [partial, selective, units] = quick ? [225, 10, 500] : [900, 20, 2000];
    const input = noiseHalf({
      conditions: NAMES,
      units,
      images: NAMES.map(() => quick ? 30 : 42),
      noise: "normal",
      seed: draw,
      effect(unit, condition) {
        if (unit < selective) return condition === 0 ? EFFECT : 0;
        if (unit < selective + partial) return condition <= 1 ? EFFECT : 0;
        return unit < selective + 2 * partial && condition === 1 ? -EFFECT : 0;
      },
    });
    const contrasts = new Contrasts(input.moments);
    const outcome: Record<string, number> = {};
    for (const name of COMPARED) {
      const mask = parseCriterion(name, NAMES).select({ ...input, contrasts });
      const hits = sum(mask.subarray(0, selective));
      const selected = sum(mask);
      outcome[`${name}, false share`] = selected > 0 ? (selected - hits) / selected : 0;
      outcome[`${name}, share found`] = hits / selective;
    }
    return Promise.resolve(outcome);
  },
  findings: (outcomes: readonly Outcome[]) =>
    COMPARED.flatMap((name) => [
      meanFinding(
        `${name}, false share`,
        quantityOf(outcomes, `${name}, false share`),
        name === "conjunction-max" ? AT_MOST_5_PERCENT : STATED,
      ),
      meanFinding(`${name}, share found`, quantityOf(outcomes, `${name}, share found`), STATED),
    ]),
};
