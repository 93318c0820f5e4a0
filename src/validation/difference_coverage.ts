import { ALL_CATEGORIES, type AnalysedNetwork, analyseNetwork, compareFamilies } from "../inference/mod.ts";
import { DPRIME, ENTROPY_WITHIN, MARGIN, type Measure, PROPORTION, RESPONSE } from "../measures/mod.ts";
import { Random } from "../statistics/mod.ts";
import { type Coverage, coverageOf, type Observed } from "./coverage.ts";
import { onlyIntervals } from "./layer_coverage.ts";
import { synthesizeRecording } from "./synthetic_recording.ts";

/** How well the interval of a difference between two networks or two families covers. */
export interface DifferenceCoverage extends Coverage {
  /** Networks per family. */
  readonly trainings: number;
  /** Whether the two networks of a pair respond to an image with the same noise. */
  readonly sameNoise: boolean;
}

/** What is simulated. */
export interface DifferenceCoverageOptions {
  readonly simulations: number;
  /** Networks per family. One: the two networks stay the same in all simulations. More: each simulation trains new ones. */
  readonly trainings: number;
  /** Whether the two networks of a pair respond to an image with the same noise. @default false */
  readonly sameNoise?: boolean;
  readonly imagesPerCondition: number;
  /** Shape of the single layer. */
  readonly shape: readonly number[];
  readonly onProgress?: (done: number) => void;
}

const COMPARED: readonly Measure[] = [PROPORTION, DPRIME, ENTROPY_WITHIN, MARGIN, RESPONSE];
const CONDITIONS = ["faces", "bodies", "places", "objects"];
const TARGETS = ["faces"];
/** How much networks of one family differ in what is planted, relative to it. */
const TRAINING_SPREAD = 0.15;
const FAMILIES = [
  { family: "vision", selective: 0.08, effect: 1.3, clustered: 0.6 },
  { family: "language", selective: 0.12, effect: 1.1, clustered: 0.3 },
] as const;

/** What one network of a family plants, in one simulation. */
function trained(options: DifferenceCoverageOptions, simulation: number, training: number, f: number): {
  readonly seed: number;
  readonly shift: number;
} {
  if (options.trainings === 1) return { seed: options.sameNoise ? 0 : f, shift: 1 };
  const seed = 10_000 * (simulation + 1) + 100 * training + 50 * f;
  // Trainings differ in how many units they make selective and how strongly.
  return { seed, shift: Math.max(0.3, 1 + TRAINING_SPREAD * new Random(seed + f, "training").normal()) };
}

/**
 * Shows other images to two networks, or trains two families of networks anew and shows them other images, over and over, and
 * counts how often the interval of a difference covers the mean difference.
 */
export async function differenceCoverage(options: DifferenceCoverageOptions): Promise<DifferenceCoverage[]> {
  const { simulations, trainings, sameNoise = false, imagesPerCondition, shape, onProgress } = options;
  const { settings, tools } = onlyIntervals({ targets: TARGETS }, CONDITIONS, COMPARED);
  const found = new Map<string, Observed[]>(COMPARED.map(({ name }) => [name, []]));
  for (let simulation = 0; simulation < simulations; simulation++) {
    const own = { ...settings, seed: simulation };
    const networks: AnalysedNetwork[] = [];
    for (const [f, { family, selective, effect, clustered }] of FAMILIES.entries()) {
      for (let training = 0; training < trainings; training++) {
        const { seed, shift } = trained(options, simulation, training, f);
        const { recording } = synthesizeRecording({
          seed,
          imageSeed: simulation,
          conditions: CONDITIONS,
          targets: TARGETS,
          imagesPerCondition,
          categories: 1,
          layers: [{ name: "layer", shape, selective: selective * shift, effect: effect * shift, clustered }],
        });
        networks.push({
          family,
          supervision: family,
          seed: training,
          analysis: await analyseNetwork(recording, own, { tools }),
        });
      }
    }
    const { comparisons: rows } = compareFamilies(networks, own, tools);
    for (const { name } of COMPARED) {
      const row = rows.find(({ measure, depth, category, matched }) =>
        measure === name && depth === null && category === ALL_CATEGORIES && !matched
      );
      found.get(name)!.push({ value: row?.difference ?? null, interval: row?.interval ?? null });
    }
    onProgress?.(simulation + 1);
  }
  return [...found].flatMap(([name, observed]) => {
    const coverage = coverageOf(name, observed);
    return coverage === null ? [] : [{ trainings, sameNoise, ...coverage }];
  });
}
