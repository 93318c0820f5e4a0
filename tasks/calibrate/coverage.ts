import {
  analyseNetwork,
  type AnalysisOptions,
  synthesizeRecording,
  type SyntheticOptions,
} from "../../src/analysis/mod.ts";
import { CRITERIA } from "../../src/localizer/mod.ts";
import type { TapCategory } from "../../src/results/mod.ts";
import { expectedOfSelected, learnExpectations, UNIT_MEASURES } from "./expectation.ts";
import { type Rate, rateOf, spreadOf } from "./rate.ts";

/** How well the intervals of one measure cover. */
export interface Coverage {
  readonly measure: string;
  /** What the interval should cover: the expectation given the units selected, or over all draws of images. */
  readonly target: "given the units selected" | "over all images";
  readonly coverage: Rate;
  /** Mean of the estimates less what they estimate. */
  readonly bias: number;
  /** Standard deviation of the estimates. */
  readonly deviation: number;
  /** Mean half-width of the intervals over their normal quantile. */
  readonly error: number;
}

/** What is simulated. */
export interface CoverageOptions {
  readonly simulations: number;
  /** Recordings from which the expectation of every unit is learnt. */
  readonly references: number;
  readonly planted: Omit<SyntheticOptions, "imageSeed">;
  readonly analysis: AnalysisOptions;
  readonly onProgress?: (done: number) => void;
}

interface Observed {
  readonly value: number;
  readonly interval: readonly [number, number];
  /** What it estimates; null where that is the mean over simulations. */
  readonly truth: number | null;
}

type Interval = readonly [number, number];

/** Measures of the selection; exclusivity is 1 by construction of a conjunction, so that of the matched selection stands in. */
function overImages(category: TapCategory): [string, { value: number | null; interval: Interval | null }][] {
  const { localization: { within, across }, matched } = category;
  return [
    ["proportion", { value: category.proportion, interval: category.interval }],
    ["exclusivity, matched", matched.specificity.exclusivity],
    ["Gini across channels, matched", matched.localization.across.gini],
    ["entropy within maps", within.entropy],
    ["Gini within maps", within.gini],
    ["Moran's I", within.moran],
    ["peak share", within.peak],
    ["entropy across channels", across.entropy],
    ["Gini across channels", across.gini],
  ];
}

function summarize(measure: string, target: Coverage["target"], observed: readonly Observed[], z: number): Coverage {
  const { mean, deviation } = spreadOf(observed.map(({ value }) => value));
  const truths = observed.map(({ truth }) => truth ?? mean);
  return {
    measure,
    target,
    coverage: rateOf(
      measure,
      observed.map(({ interval }, i) => interval[0] <= truths[i] && truths[i] <= interval[1]),
      0.95,
    ),
    bias: mean - spreadOf(truths).mean,
    deviation: target === "over all images"
      ? deviation
      : spreadOf(observed.map(({ value }, i) => value - truths[i])).deviation,
    error: spreadOf(observed.map(({ interval }) => (interval[1] - interval[0]) / (2 * z))).mean,
  };
}

/**
 * Draws the images of one planted tap over and over, and counts how often the intervals cover what they should.
 *
 * Specificity and strength are measured on images that did not select, so what they estimate is the expectation of the
 * units that were selected. Proportion, exclusivity and localization belong to the selection, whose expectation over
 * images they estimate: the mean over all simulations.
 */
export async function coverage(options: CoverageOptions): Promise<Coverage[]> {
  const category = options.analysis.targets[0];
  const target = options.planted.conditions.indexOf(category);
  const criterion = options.analysis.criterion ?? CRITERIA[0];
  const expected = learnExpectations(options.planted, { draws: options.references, target });
  const given = new Map<string, Observed[]>();
  const free = new Map<string, Observed[]>();
  const keep = (into: Map<string, Observed[]>, name: string, observed: Observed): void => {
    into.set(name, [...into.get(name) ?? [], observed]);
  };
  for (let simulation = 0; simulation < options.simulations; simulation++) {
    const { recording } = synthesizeRecording({ ...options.planted, imageSeed: simulation });
    const analysis = await analyseNetwork(recording, { ...options.analysis, seed: simulation });
    const found = analysis.taps[0].categories[category];
    const estimates = { ...found.specificity, ...found.strength };
    const truths = expectedOfSelected(recording, { criterion, target, expected });
    for (const measure of UNIT_MEASURES) {
      const { value, interval } = estimates[measure];
      if (value !== null && interval !== null && truths !== null) {
        keep(given, measure, { value, interval, truth: truths[measure] });
      }
    }
    for (const [name, { value, interval }] of overImages(found)) {
      if (value !== null && interval !== null) keep(free, name, { value, interval, truth: null });
    }
    options.onProgress?.(simulation + 1);
  }
  const z = 1.959964;
  return [
    ...[...given].map(([name, observed]) => summarize(name, "given the units selected", observed, z)),
    ...[...free].map(([name, observed]) => summarize(name, "over all images", observed, z)),
  ];
}
