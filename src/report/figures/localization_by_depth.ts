import {
  categoryEstimates,
  type CriterionSummary,
  type LabelledEstimate,
  type MeasureName,
} from "../../results/mod.ts";
import { depthCurves } from "./_depth_curves.ts";
import { measureChoice } from "./_measure_choice.ts";
import type { Figure, FigureInput, FigureRow } from "./figure.ts";

const MEASURES = [
  "localization.across.gini",
  "localization.within.moran",
  "localization.within.entropy",
  "localization.within.gini",
  "localization.within.peak",
  "localization.across.entropy",
] as const satisfies readonly MeasureName[];

/** Where a criterion's short summary keeps a z score. */
const SUMMARY: Partial<Record<MeasureName, keyof CriterionSummary>> = {
  "localization.within.entropy": "withinEntropyZ",
  "localization.across.gini": "acrossGiniZ",
};

/** How far the placement of selective units is from chance. */
export function localizationByDepth(input: FigureInput): Figure {
  return {
    id: "localization-by-depth",
    title: "How far from random placement, by depth",
    reading:
      "Zero is what as many units placed at random would give: a higher Gini, Moran’s I or peak share, or a lower " +
      "entropy, means that selective units crowd into fewer cells (each map cut into 4 × 4, where a channel has at least 4 " +
      "units) or fewer channels. A line is missing where every cell is one position, as in maps of at most 4 × 4: there " +
      "entropy, Gini and peak follow from the count alone, and Moran’s I remains.",
    description: "Line chart of localization beyond random placement against depth, one panel per category.",
    columns: [
      "criterion",
      "measure",
      "scale",
      "category",
      "family",
      "network",
      "tap",
      "depth",
      "value",
      "low",
      "high",
      "statistic",
      "random",
    ],
    rows: placementRows(input),
    filters: { category: "any", criterion: true, networks: true },
    choices: [measureChoice(MEASURES), {
      column: "scale",
      label: "Beyond random placement",
      options: [{ value: "excess", label: "as a difference" }, { value: "z", label: "as a z score" }],
      initial: "excess",
    }],
    spec: (layout) => depthCurves(input, layout, { zero: true, baseline: 0 }),
  };
}

function placementRows({ results }: FigureInput): FigureRow[] {
  return results.networks.flatMap((network) =>
    network.taps.flatMap((tap) => {
      const place = { family: network.family, network: network.id, tap: tap.name, depth: tap.depth };
      const full = results.targets.flatMap((category) =>
        categoryEstimates(tap.categories[category]).filter(({ random }) => random !== null).flatMap((row) =>
          beyondRandom(row).map((scaled) => ({
            criterion: results.criterion.name,
            measure: row.measure,
            category,
            ...place,
            ...scaled,
            statistic: row.value,
            random: row.random,
          }))
        )
      );
      const short = Object.entries(tap.criteria).filter(([criterion]) => criterion !== results.criterion.name).flatMap(
        ([criterion, byCategory]) =>
          Object.entries(byCategory).flatMap(([category, summary]) =>
            Object.entries(SUMMARY).map(([measure, key]) => ({
              criterion,
              measure,
              category,
              ...place,
              scale: "z",
              value: summary[key] ?? null,
              low: null,
              high: null,
            }))
          ),
      );
      return [...full, ...short];
    })
  );
}

/** A statistic less what random placement gives, and as a z score; the interval is that of the statistic. */
function beyondRandom(
  { value, interval, random, z }: Pick<LabelledEstimate, "value" | "interval" | "random" | "z">,
): { scale: string; value: number | null; low: number | null; high: number | null }[] {
  const excess = (number: number | undefined): number | null =>
    number === undefined || random === null ? null : number - random;
  return [
    { scale: "excess", value: excess(value ?? undefined), low: excess(interval?.[0]), high: excess(interval?.[1]) },
    { scale: "z", value: z, low: null, high: null },
  ];
}
