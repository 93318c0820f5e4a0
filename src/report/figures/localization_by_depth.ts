import { measureEstimates, type UnplacedEstimate } from "../../results/browser.ts";
import { measuresWhere } from "../_measures.ts";
import { depthCurves } from "./_depth_curves.ts";
import { measureChoice } from "./_measure_choice.ts";
import { everyMeasures, MEASURE_COLUMNS } from "./_measure_rows.ts";
import type { Figure, FigureInput, FigureRow } from "./figure.ts";

/** How far the placement of selective units is from chance. */
export function localizationByDepth(input: FigureInput): Figure {
  const measures = measuresWhere(input.results, ({ kind }) => kind === "placement");
  return {
    id: "localization-by-depth",
    title: "How far from random placement, by depth",
    reading:
      "Zero is what as many units placed at random would give. A line breaks where the measure is not defined, as in " +
      "maps of few positions.",
    description: "Line chart of localization beyond random placement against depth, one panel per category.",
    columns: MEASURE_COLUMNS,
    rows: everyMeasures(input).flatMap(({ place, measures: found }) =>
      measureEstimates(found, measures).map((row): FigureRow => ({ ...place, ...beyondRandom(row) }))
    ),
    filters: { category: "any", criterion: "chosen", networks: true },
    choices: [measureChoice(measures)],
    panels: input.results.targets,
    spec: (layout) => depthCurves(input, layout, { zero: true, baseline: 0 }),
  };
}

/** A statistic less what random placement gives; the interval is that of the statistic. */
function beyondRandom({ measure, value, interval, random }: UnplacedEstimate): FigureRow {
  const excess = (number: number | null | undefined): number | null =>
    number === null || number === undefined || random === null ? null : rounded(number - random);
  return { measure, value: excess(value), low: excess(interval?.[0]), high: excess(interval?.[1]) };
}

/** Without the digits that a subtraction makes up: results have nine. */
function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
