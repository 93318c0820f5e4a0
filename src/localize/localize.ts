import { conjunctionFixed, CRITERIA, type Criterion, FIXED_THRESHOLD, parseCriterion } from "../criteria/mod.ts";
import type { Layer } from "../networks/mod.ts";
import { LayerLayout, type Measure, MEASURES, PlacementMeter, PlacementNull } from "../measures/mod.ts";
import { type LayerRecording, type MemoryRecordOptions, type Recording, recordInMemory } from "../recording/browser.ts";
import { type Moments, poolMoments } from "../statistics/mod.ts";
import { type DerivedConditions, designOf } from "./design.ts";
import { type Found, type Halves, LayerEvaluator, type Selections } from "./layer_evaluator.ts";
import { drawSplits } from "./splits.ts";

/** What a criterion selects on both halves of a split, `[half][target]`, and what the other half says of it. */
export interface Localized {
  /** `[half][target]`. */
  readonly selections: Selections;
  /** `[half][target]`: the units that specificity and strength are measured in. */
  readonly measured: Selections;
  /** One per target, averaged over both directions. */
  readonly found: readonly Found[];
}

/** Selects units on both halves and measures each selection on the other half. */
export function localizeHalves(
  evaluator: LayerEvaluator,
  halves: Halves,
  { criterion, selections = [halves[0].select(criterion), halves[1].select(criterion)] }: {
    readonly criterion: Criterion;
    /** Where they are known already. */
    readonly selections?: Localized["selections"];
  },
): Localized {
  const measured: Selections = criterion.movesWithPrevalence
    ? [evaluator.measuredUnits(halves[0], criterion), evaluator.measuredUnits(halves[1], criterion)]
    : selections;
  return { selections, measured, found: evaluator.measure(halves, selections, { criterion }) };
}

/** How units are localized. */
export interface LocalizeSettings {
  /** The conditions that units are selected for. */
  readonly targets: readonly string[];
  /** A criterion, its name, or an expression. @default the first of `CRITERIA` */
  readonly criterion?: Criterion | string;
  /** Conditions made from the images of others and used only by criteria that ask for them, each with its source. @default none */
  readonly derived?: DerivedConditions;
  /**
   * The largest uncorrected p, in (0, ½), of the units that specificity and strength are measured in where the criterion's own
   * threshold moves with prevalence. @default 1e-4
   */
  readonly fixedThreshold?: number;
  /** Decides how the blocks are split into halves, and random placements. @default 0 */
  readonly seed?: number;
  /** What is measured of the selected units. @default every measure of single units, selections and places */
  readonly measures?: readonly Measure[];
}

/** A recording, or what it takes to make one. */
export type LocalizeInput = LocalizeSettings & ({ readonly recording: Recording } | MemoryRecordOptions);

/** What was found in one layer, on the first split of the blocks into halves. */
export interface LocalizedLayer extends Localized {
  /** Which layer. */
  readonly layer: Layer;
  /** Moments over all images, one per condition, `[units]` each. */
  readonly moments: readonly Moments[];
  /** Names of the measures whose values `found` holds, in their order. */
  readonly measures: readonly string[];
}

function criterionOf(criterion: Criterion | string | undefined, conditions: readonly string[]): Criterion {
  if (criterion === undefined) return CRITERIA[0];
  return typeof criterion === "string" ? parseCriterion(criterion, conditions) : criterion;
}

/** Moments of every condition over all its images. */
export function wholeMoments({ moments }: LayerRecording): Moments[] {
  return moments.map((blocks) => poolMoments(...blocks));
}

/**
 * Finds the units of a network that are selective for each target, layer by layer: selected on one half of the images,
 * measured on the other, both ways.
 *
 * Layers come one by one as they are read, so that memory holds one.
 *
 * @throws {RangeError} where a target is no condition, the fixed threshold is out of range, or the blocks cannot be cut into halves.
 * @throws {RequestError} where the criterion is neither a preset nor a valid expression.
 */
export async function* localize(input: LocalizeInput): AsyncGenerator<LocalizedLayer> {
  const recording = "recording" in input ? input.recording : await recordInMemory(input);
  try {
    const { header } = recording;
    const design = designOf(header, input);
    const criterion = criterionOf(input.criterion, header.conditions);
    const fixed = conjunctionFixed(input.fixedThreshold ?? FIXED_THRESHOLD);
    const seed = input.seed ?? 0;
    const [split] = drawSplits(design.blocks, 1, seed);
    const measures = (input.measures ?? MEASURES).filter(({ kind }) => kind !== "network");
    const placements = measures.filter((measure) => measure.kind === "placement");
    for (const index of header.layers.keys()) {
      const layer = await recording.readLayer(index);
      const { shape } = layer.layer;
      const evaluator = new LayerEvaluator({
        layer,
        design,
        measures,
        fixed,
        placement: {
          meter: new PlacementMeter(new LayerLayout(shape), placements),
          nulls: new PlacementNull({ shape, measures: placements, placements: 200, seed }),
        },
      });
      const halves: Halves = [evaluator.half(split, 0), evaluator.half(split, 1)];
      yield {
        layer: layer.layer,
        moments: wholeMoments(layer),
        measures: measures.map(({ name }) => name),
        ...localizeHalves(evaluator, halves, { criterion }),
      };
    }
  } finally {
    if (!("recording" in input)) await recording.close();
  }
}
