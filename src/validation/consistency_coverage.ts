import { ALL_CATEGORIES, analyseNetwork } from "../inference/mod.ts";
import { CONSISTENCY } from "../measures/mod.ts";
import { type Coverage, coverageOf, type Observed } from "./coverage.ts";
import { onlyIntervals } from "./layer_coverage.ts";
import { synthesizeRecording } from "./synthetic_recording.ts";

/** How well the interval of consistency over layers covers. */
export interface ConsistencyCoverage extends Coverage {
  /** Over every sampled unit or the units selected for the first category. */
  readonly units: "sampled" | "selected";
  readonly imagesPerCondition: number;
}

/** What is simulated. */
export interface ConsistencyCoverageOptions {
  readonly simulations: number;
  readonly imagesPerCondition: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

const CONDITIONS = ["faces", "bodies", "places", "objects"];
const TARGETS = ["faces", "bodies"];

/** Draws the images of three planted layers over and over, and counts how often intervals cover the mean consistency. */
export async function consistencyCoverage(options: ConsistencyCoverageOptions): Promise<ConsistencyCoverage[]> {
  const { simulations, imagesPerCondition, seed, onProgress } = options;
  const { settings, tools } = onlyIntervals({ targets: TARGETS, comparedSplits: 3, comparedImages: 400 }, CONDITIONS, [
    CONSISTENCY,
  ]);
  const found: Record<ConsistencyCoverage["units"], Observed[]> = { sampled: [], selected: [] };
  for (let simulation = 0; simulation < simulations; simulation++) {
    const { recording } = synthesizeRecording({
      seed,
      imageSeed: simulation,
      conditions: CONDITIONS,
      targets: TARGETS,
      imagesPerCondition,
      categories: 1,
      layers: [1.6, 1.8, 2].map((effect, l) => ({ name: `layer ${l}`, shape: [96], selective: 0.25, effect })),
    });
    const { measures } = await analyseNetwork(recording, { ...settings, seed: simulation }, { tools });
    found.sampled.push(measures[CONSISTENCY.name][ALL_CATEGORIES]);
    found.selected.push(measures[CONSISTENCY.name][TARGETS[0]]);
    onProgress?.(simulation + 1);
  }
  return (["sampled", "selected"] as const).flatMap((units) => {
    const coverage = coverageOf(CONSISTENCY.name, found[units]);
    return coverage === null ? [] : [{ units, imagesPerCondition, ...coverage }];
  });
}
