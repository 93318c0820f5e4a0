import type { Criterion } from "../criteria/mod.ts";
import { type Halves, type LayerEvaluator, nearThreshold, type Selections, unionInTurn } from "../localize/mod.ts";
import { LayerLayout } from "../measures/mod.ts";
import type { RecordedImage } from "../recording/browser.ts";
import type { LayerCategory } from "../results/mod.ts";
import { deadUnits } from "../statistics/mod.ts";
import { channelCounts, topChannels } from "./_channels.ts";
import { circularOf, lorenz, positionMap, spreadOf } from "./_pictures.ts";

/** What is shown of the first split alone. */
export interface FirstSplit {
  /** What the main criterion selects on it. */
  readonly selections: Selections;
  /** Units without variance in any condition. */
  readonly deadUnits: number;
  /** One per target; null where the criterion has no threshold. */
  readonly nearThreshold: readonly number[] | null;
  /** One per target. */
  readonly targets: readonly (Pick<LayerCategory, "spread" | "circular" | "map" | "lorenz" | "channels"> & {
    /** Whether a half can select. */
    readonly decided: boolean;
  })[];
}

/** Describes the first split while its halves are at hand: they are made from the recording only once. */
export function firstSplit(
  evaluator: LayerEvaluator,
  { halves, selections, criterion, images }: {
    readonly halves: Halves;
    /** What the criterion selects on them. */
    readonly selections: Selections;
    readonly criterion: Criterion;
    readonly images: readonly RecordedImage[];
  },
): FirstSplit {
  const { layer, design, measures } = evaluator;
  const layout = new LayerLayout(layer.layer.shape);
  const circular = evaluator.measure(halves, selections, { criterion, circular: true });
  const measured: Selections = [
    evaluator.measuredUnits(halves[0], criterion),
    evaluator.measuredUnits(halves[1], criterion),
  ];
  const moments = [halves[0].momentsFor({ usesDerived: true }), halves[1].momentsFor({ usesDerived: true })] as const;
  const noise = evaluator.noise(halves, criterion);
  return {
    selections,
    deadUnits: deadUnits(unionInTurn(moments)),
    nearThreshold: nearThreshold(halves, criterion),
    targets: design.targets.map((condition, target) => {
      const counts = channelCounts(selections.map((half) => half[target]), layout);
      const { conditions } = design;
      return {
        decided: halves.some((half) => half.untestable(criterion, condition) === null),
        spread: spreadOf(evaluator, { halves, selections, measured, criterion, target }),
        circular: circularOf(circular[target], measures),
        map: positionMap(selections, target, layout),
        lorenz: lorenz(counts),
        channels: topChannels(
          { recording: layer, images, layout, counts, selections, target, conditions, moments, noise },
        ),
      };
    }),
  };
}
