import { measureEstimates, type UnplacedEstimate } from "../../results/mod.ts";
import { measuresWhere } from "../_measures.ts";
import { depthCurves } from "./_depth_curves.ts";
import { measureChoice } from "./_measure_choice.ts";
import { everyMeasures, MEASURE_COLUMNS } from "./_measure_rows.ts";
import type { Figure, FigureInput, FigureRow } from "./figure.ts";

/** How far the placement of selective units is from chance. */
export function localizationByDepth(input: FigureInput): Figure {
  const measures = measuresWhere(input.results, ({ kind }) => kind === "placement");
  const [criterion, measure, ...rest] = MEASURE_COLUMNS;
  return {
    id: "localization-by-depth",
    title: "How far from random placement, by depth",
    reading:
      "Zero is what as many units placed at random would give. A line is missing where a measure is not defined, as in " +
      "maps of few positions.",
    description: "Line chart of localization beyond random placement against depth, one panel per category.",
    columns: [criterion, measure, "scale", ...rest, "statistic", "random"],
    rows: everyMeasures(input).flatMap(({ place, measures: found }) =>
      measureEstimates(found, measures).flatMap((row) =>
        beyondRandom(row).map((scaled): FigureRow => ({ ...place, ...scaled }))
      )
    ),
    filters: { category: "any", criterion: true, networks: true },
    choices: [measureChoice(measures), {
      column: "scale",
      label: "Beyond random placement",
      options: [{ value: "excess", label: "as a difference" }, { value: "z", label: "as a z score" }],
      initial: "excess",
    }],
    spec: (layout) => depthCurves(input, layout, { zero: true, baseline: 0 }),
  };
}

/** A statistic less what random placement gives, and as a z score; the interval is that of the statistic. */
function beyondRandom({ measure, value, interval, random, z }: UnplacedEstimate): FigureRow[] {
  const excess = (number: number | null | undefined): number | null =>
    number === null || number === undefined || random === null ? null : number - random;
  const both = { measure, statistic: value, random };
  return [
    { ...both, scale: "excess", value: excess(value), low: excess(interval?.[0]), high: excess(interval?.[1]) },
    { ...both, scale: "z", value: z, low: null, high: null },
  ].filter((row) => row.value !== null);
}
