import {
  analyseNetwork,
  type AnalysisSettings,
  type AnalysisTools,
  analysisTools,
  estimateOf,
  getCell,
  MATCHED,
} from "../inference/mod.ts";
import { DPRIME, ENTROPY_WITHIN, EXCLUSIVITY, MARGIN, type Measure, PROPORTION, RESPONSE } from "../measures/mod.ts";
import { type Coverage, coverageOf, type Observed } from "./coverage.ts";
import { synthesizeRecording, type SyntheticOptions } from "./synthetic_recording.ts";

/** Measures whose intervals are looked at: what claims are judged by, and what stands beside it. */
const COVERED: readonly Measure[] = [PROPORTION, DPRIME, ENTROPY_WITHIN, MARGIN, RESPONSE, EXCLUSIVITY];

/** Settings and tools that leave out what no interval depends on. */
export function onlyIntervals(
  settings: AnalysisSettings,
  conditions: readonly string[],
  measures: readonly Measure[],
): { readonly settings: AnalysisSettings; readonly tools: AnalysisTools } {
  const few = { criteria: [], permutations: 0, comparedSplits: 1, comparedImages: 3, ...settings };
  return { settings: few, tools: { ...analysisTools(few, conditions), measures } };
}

/** What is simulated. */
export interface LayerCoverageOptions {
  readonly simulations: number;
  /** One layer; the first target is measured. */
  readonly planted: Omit<SyntheticOptions, "imageSeed">;
  readonly settings: AnalysisSettings;
  readonly onProgress?: (done: number) => void;
}

/**
 * Draws the images of one planted layer over and over, and counts how often the intervals cover the mean over all draws.
 *
 * A measure of places is taken as its excess over random placement, as comparisons take it. Exclusivity, which the default
 * criterion fixes, is that of matched selections.
 */
export async function layerCoverage(options: LayerCoverageOptions): Promise<Coverage[]> {
  const { planted, simulations } = options;
  const { settings, tools } = onlyIntervals(options.settings, planted.conditions, COVERED);
  const [category] = settings.targets;
  const found = new Map<string, Observed[]>(COVERED.map(({ name }) => [name, []]));
  for (let simulation = 0; simulation < simulations; simulation++) {
    const { recording } = synthesizeRecording({ ...planted, imageSeed: simulation });
    const { numbers } = await analyseNetwork(recording, { ...settings, seed: simulation }, { tools });
    for (const measure of COVERED) {
      const criterion = measure === EXCLUSIVITY ? MATCHED : tools.criteria[0].name;
      const cell = getCell(numbers.layers[0], [criterion, category, measure.name]);
      // An excess may be negative where the measure itself may not.
      const range = measure.kind === "placement" ? [null, null] as const : measure.range;
      found.get(measure.name)!.push(estimateOf(cell, { ...measure, range }, 0.95));
    }
    options.onProgress?.(simulation + 1);
  }
  return [...found].flatMap(([name, observed]) => coverageOf(name, observed) ?? []);
}
