import { analyseNetwork, synthesizeRecording } from "../../src/analysis/mod.ts";
import type { MatrixMultiply } from "../../src/resampling/mod.ts";
import { type Rate, rateOf, spreadOf } from "./rate.ts";

/** How well the interval of consistency over taps covers. */
export interface ConsistencyCoverage {
  /** Over every sampled unit or the units selected for the first category. */
  readonly units: "sampled" | "selected";
  readonly imagesPerFold: number;
  readonly coverage: Rate;
  readonly deviation: number;
  readonly error: number;
}

/** What is simulated. */
export interface ConsistencyCoverageOptions {
  readonly simulations: number;
  readonly imagesPerFold: number;
  readonly seed: number;
  readonly multiply?: MatrixMultiply;
  readonly onProgress?: (done: number) => void;
}

const CONDITIONS = ["faces", "bodies", "places", "objects"];

/** Draws the images of three planted taps over and over, and counts how often intervals cover the mean consistency. */
export async function consistencyCoverage(options: ConsistencyCoverageOptions): Promise<ConsistencyCoverage[]> {
  const found: Record<ConsistencyCoverage["units"], [number, readonly [number, number]][]> = {
    sampled: [],
    selected: [],
  };
  for (let simulation = 0; simulation < options.simulations; simulation++) {
    const { recording } = synthesizeRecording({
      seed: options.seed,
      imageSeed: simulation,
      conditions: CONDITIONS,
      targets: ["faces", "bodies"],
      imagesPerFold: options.imagesPerFold,
      categories: 1,
      taps: [0.8, 1, 1.2].map((effect, t) => ({ name: `tap ${t}`, shape: [96], selective: 0.25, effect })),
    });
    const { consistency } = await analyseNetwork(recording, {
      targets: ["faces", "bodies"],
      seed: simulation,
      replicates: 10,
      permutations: 0,
      placements: 2,
      resampledUnits: 2,
      mapReplicates: 10,
      multiply: options.multiply,
    });
    for (const [units, category] of [["sampled", "all"], ["selected", "faces"]] as const) {
      const { value, interval } = consistency[category].mean;
      if (value !== null && interval !== null) found[units].push([value, interval]);
    }
    options.onProgress?.(simulation + 1);
  }
  return (["sampled", "selected"] as const).flatMap((units) => {
    if (found[units].length === 0) return [];
    const { mean, deviation } = spreadOf(found[units].map(([value]) => value));
    const covered = found[units].map(([, [low, high]]) => low <= mean && mean <= high);
    return [{
      units,
      imagesPerFold: options.imagesPerFold,
      coverage: rateOf(units, covered, 0.95),
      deviation,
      error: spreadOf(found[units].map(([, [low, high]]) => (high - low) / 2 / 1.959964)).mean,
    }];
  });
}
