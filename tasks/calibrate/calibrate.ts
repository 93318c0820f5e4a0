import type { MatrixMultiply } from "../../src/resampling/mod.ts";
import { type ConsistencyCoverage, consistencyCoverage } from "./consistency_coverage.ts";
import { type Coverage, coverage } from "./coverage.ts";
import { type ErrorRates, errorRates } from "./error_rates.ts";
import { type FalseShare, falseShares } from "./false_shares.ts";
import { type FamilyCoverage, familyCoverage } from "./family_coverage.ts";
import { type HeldOutBias, heldOutBias } from "./held_out_bias.ts";
import { intervalMethods, type MethodCoverage } from "./interval_methods.ts";
import { NOISES } from "./noise_tap.ts";

/** What a calibration found, with what it simulated. */
export interface Calibration {
  readonly settings: { readonly simulations: number; readonly seed: number };
  readonly errorRates: readonly ErrorRates[];
  readonly falseShares: readonly FalseShare[];
  readonly bias: readonly HeldOutBias[];
  readonly methods: readonly MethodCoverage[];
  readonly coverage: readonly (Coverage & { readonly scenario: string })[];
  readonly consistency: readonly ConsistencyCoverage[];
  readonly families: readonly FamilyCoverage[];
}

/** How much is simulated. */
export interface CalibrateOptions {
  readonly simulations: number;
  readonly seed: number;
  readonly multiply: MatrixMultiply;
  readonly onProgress?: (label: string, done: number, total: number) => void;
}

/** One planted tap, seen in three ways. */
const SCENARIOS = [
  { name: "every unit resampled", sampledUnits: 4096, resampledUnits: 4096, shared: 0.3 },
  { name: "a fifth of the units resampled", sampledUnits: 600, resampledUnits: 230, shared: 0.3 },
  { name: "noise mostly shared", sampledUnits: 4096, resampledUnits: 4096, shared: 0.7 },
] as const;

/** Simulates everything that the intervals and error rates claim. */
export async function calibrate(options: CalibrateOptions): Promise<Calibration> {
  const { simulations, seed, multiply } = options;
  const told = (label: string, total: number) => (done: number): void => options.onProgress?.(label, done, total);
  told("error rates", 1)(0);
  const rates = errorRates({ taps: simulations, units: 200, imagesPerFold: 30, seed, noises: NOISES });
  const shares = falseShares({ simulations, partial: 900, selective: 20, units: 2000, images: 42, seed });
  told("bias", 1)(0);
  const bias = await heldOutBias({
    effects: [0.4, 0.6, 0.8, 1, 1.5, 2],
    simulations: Math.ceil(simulations / 2),
    references: simulations,
    imagesPerFold: 30,
    units: 200,
    seed,
  });
  const methods = intervalMethods({ simulations: 2 * simulations, images: 60, replicates: 500, seed });
  const covered: (Coverage & { scenario: string })[] = [];
  for (const scenario of SCENARIOS) {
    const found = await coverage({
      simulations,
      references: Math.max(20, Math.ceil(simulations / 2)),
      planted: {
        seed,
        conditions: ["faces", "bodies", "places", "objects"],
        targets: ["faces", "bodies"],
        imagesPerFold: 30,
        categories: 1,
        shared: scenario.shared,
        sampledUnits: scenario.sampledUnits,
        taps: [{ name: "tap", shape: [32, 6, 6], selective: 0.1, effect: 1.2, clustered: 0.5 }],
      },
      analysis: {
        targets: ["faces", "bodies"],
        replicates: 500,
        permutations: 0,
        placements: 100,
        // More than prefer the category, so that some units are selected for two.
        matchedProportion: 0.2,
        resampledUnits: scenario.resampledUnits,
        multiply,
      },
      onProgress: told(`coverage, ${scenario.name}`, simulations),
    });
    covered.push(...found.map((row) => ({ scenario: scenario.name, ...row })));
  }
  const consistency: ConsistencyCoverage[] = [];
  for (const imagesPerFold of [8, 24]) {
    const onProgress = told(`consistency, ${imagesPerFold} images`, Math.ceil(simulations / 2));
    const setting = { simulations: Math.ceil(simulations / 2), imagesPerFold, seed, multiply, onProgress };
    consistency.push(...await consistencyCoverage(setting));
  }
  const families: FamilyCoverage[] = [];
  for (const seeds of [3, 5]) {
    families.push(
      ...await familyCoverage({
        simulations: Math.ceil(simulations / 2),
        seeds,
        imagesPerFold: 24,
        shape: [12, 4, 4],
        analysis: {
          replicates: 100,
          selectionReplicates: 60,
          permutations: 0,
          placements: 2,
          mapReplicates: 10,
          multiply,
        },
        onProgress: told(`families of ${seeds}`, Math.ceil(simulations / 2)),
      }),
    );
  }
  return {
    settings: { simulations, seed },
    errorRates: rates,
    falseShares: shares,
    bias,
    methods,
    coverage: covered,
    consistency,
    families,
  };
}
