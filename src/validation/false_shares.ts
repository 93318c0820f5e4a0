import { Contrasts, parseCriterion } from "../criteria/mod.ts";
import { noiseHalf } from "./noise_half.ts";
import { spreadOf } from "./rate.ts";

/** How many of the units that a criterion selects are false where most units pass some of the contrasts. */
export interface FalseShare {
  readonly criterion: string;
  /** Mean number of selected units. */
  readonly selected: number;
  /** Mean share of them that does not prefer the target to every other condition; 0 where none is selected. */
  readonly falseShare: number;
  /** Its standard error over simulations. */
  readonly error: number;
  /** Mean share of the truly selective units that is selected. */
  readonly found: number;
}

/** What is simulated. */
export interface FalseShareOptions {
  readonly simulations: number;
  /** Units that prefer the target and one other condition alike to the rest, and as many that only that one suppresses. */
  readonly partial: number;
  /** Units that prefer the target to every other condition. */
  readonly selective: number;
  /** All units; the others are noise. */
  readonly units: number;
  /** Images per condition in the half that selects. */
  readonly images: number;
  readonly seed: number;
}

const CONDITIONS = ["faces", "bodies", "places", "words", "objects"];
const CRITERIA = ["conjunction", "conjunction-max"];
/** In deviations of the noise; seen by every contrast. */
const EFFECT = 2;

/**
 * The partial null: units that fail exactly one contrast. Those suppressed by bodies make the contrast with bodies a lenient
 * one, which then lets pass by chance units that respond to faces and bodies alike.
 */
export function falseShares(options: FalseShareOptions): FalseShare[] {
  const { simulations, partial, selective, units, images, seed } = options;
  const effect = (unit: number, condition: number): number => {
    if (unit < selective) return condition === 0 ? EFFECT : 0;
    if (unit < selective + partial) return condition <= 1 ? EFFECT : 0;
    return unit < selective + 2 * partial && condition === 1 ? -EFFECT : 0;
  };
  const found = CRITERIA.map(() => ({ selected: [] as number[], shares: [] as number[], hits: [] as number[] }));
  for (let simulation = 0; simulation < simulations; simulation++) {
    const input = noiseHalf({
      conditions: CONDITIONS,
      units,
      images: CONDITIONS.map(() => images),
      noise: "normal",
      seed: seed + simulation,
      effect,
    });
    const contrasts = new Contrasts(input.moments);
    CRITERIA.forEach((name, c) => {
      const mask = parseCriterion(name, CONDITIONS).select({ ...input, contrasts });
      const selected = mask.reduce((sum, each) => sum + each, 0);
      const hits = mask.subarray(0, selective).reduce((sum, each) => sum + each, 0);
      found[c].selected.push(selected);
      found[c].shares.push(selected > 0 ? (selected - hits) / selected : 0);
      found[c].hits.push(hits / selective);
    });
  }
  return CRITERIA.map((criterion, c) => {
    const shares = spreadOf(found[c].shares);
    return {
      criterion,
      selected: spreadOf(found[c].selected).mean,
      falseShare: shares.mean,
      error: shares.deviation / Math.sqrt(simulations),
      found: spreadOf(found[c].hits).mean,
    };
  });
}
