import { type ConsistencyCoverage, consistencyCoverage } from "./consistency_coverage.ts";
import type { Coverage } from "./coverage.ts";
import { type DifferenceCoverage, differenceCoverage } from "./difference_coverage.ts";
import { type ErrorRates, errorRates, NULL_NOISES } from "./error_rates.ts";
import { type FalseShare, falseShares } from "./false_shares.ts";
import { type HeldOutBias, heldOutBias } from "./held_out_bias.ts";
import { layerCoverage } from "./layer_coverage.ts";
import { LAYER_SCENARIOS } from "./layer_scenarios.ts";

/** What a calibration found, with what it simulated. */
export interface Calibration {
  readonly settings: { readonly simulations: number; readonly seed: number };
  readonly errorRates: readonly ErrorRates[];
  readonly falseShares: readonly FalseShare[];
  readonly bias: readonly HeldOutBias[];
  readonly layers: readonly (Coverage & { readonly scenario: string })[];
  readonly consistency: readonly ConsistencyCoverage[];
  readonly differences: readonly DifferenceCoverage[];
}

/** How much is simulated. */
export interface CalibrateOptions {
  /** Simulations of each kind. */
  readonly simulations: number;
  /** Seed of everything but differences, which have their own. */
  readonly seed: number;
  /** Told which part is simulated, how much of it is done, and out of how much. */
  readonly onProgress?: (label: string, done: number, total: number) => void;
}

const CONDITIONS = ["faces", "bodies", "places", "objects", "words", "chairs"];
const TARGETS = ["faces", "bodies"];

/** Pairs of networks and pairs of families. */
const COMPARED = [
  { trainings: 1, sameNoise: false },
  { trainings: 1, sameNoise: true },
  { trainings: 3, sameNoise: false },
  { trainings: 6, sameNoise: false },
] as const;

/** Simulates everything that the intervals and error rates claim. */
export async function calibrate({ simulations, seed, onProgress }: CalibrateOptions): Promise<Calibration> {
  const told = (label: string, total = simulations) => (done: number): void => onProgress?.(label, done, total);
  const rates = errorRates({
    layers: simulations,
    units: 200,
    images: 30,
    seed,
    noises: NULL_NOISES,
    onProgress: (done, total) => onProgress?.("error rates", done, total),
  });
  const shares = falseShares({ simulations, partial: 900, selective: 20, units: 2000, images: 42, seed });
  told("false shares", 1)(1);
  const bias = await heldOutBias({
    effects: [0.6, 0.8, 1, 1.5, 2],
    others: [1, 2, 4, 6],
    simulations,
    imagesPerCondition: 60,
    units: 200,
    seed,
    onProgress: (done, total) => onProgress?.("held-out bias", done, total),
  });
  const layers: Calibration["layers"][number][] = [];
  for (const { name, layer, planted, settings } of LAYER_SCENARIOS) {
    const found = await layerCoverage({
      simulations,
      planted: {
        seed,
        conditions: CONDITIONS,
        targets: TARGETS,
        imagesPerCondition: 60,
        categories: 1,
        ...planted,
        layers: [{ name: "layer", ...layer }],
      },
      settings: { targets: TARGETS.slice(0, 1), ...settings },
      onProgress: told(`layer, ${name}`),
    });
    layers.push(...found.map((row) => ({ scenario: name, ...row })));
  }
  const consistency: ConsistencyCoverage[] = [];
  for (const imagesPerCondition of [16, 48]) {
    const onProgress = told(`consistency, ${imagesPerCondition} images`);
    consistency.push(...await consistencyCoverage({ simulations, imagesPerCondition, seed, onProgress }));
  }
  const differences: DifferenceCoverage[] = [];
  for (const compared of COMPARED) {
    const { trainings, sameNoise } = compared;
    const onProgress = told(`differences, ${trainings} per family${sameNoise ? ", same noise" : ""}`);
    differences.push(
      ...await differenceCoverage({ simulations, ...compared, imagesPerCondition: 60, shape: [16, 8, 8], onProgress }),
    );
  }
  return {
    settings: { simulations, seed },
    errorRates: rates,
    falseShares: shares,
    bias,
    layers,
    consistency,
    differences,
  };
}
