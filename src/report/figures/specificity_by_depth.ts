import { depthCurves } from "./_depth_curves.ts";
import { formatLevel } from "../_format.ts";
import { measureChoice } from "./_measure_choice.ts";
import { MEASURE_COLUMNS, measureRows } from "./_measure_rows.ts";
import type { Figure, FigureInput } from "./figure.ts";

const MEASURES = [
  "specificity.dprime",
  "specificity.t",
  "specificity.index",
  "specificity.sparseness",
  "specificity.exclusivity",
] as const;

/** How sharply selective units prefer their category, on images that did not select them. */
export function specificityByDepth(input: FigureInput): Figure {
  return {
    id: "specificity-by-depth",
    title: "How sharply they prefer their category, by depth",
    reading:
      "Higher means that selective units set their category further apart from the others, on images that did not " +
      `select them; bands are the spread over seeds or a single network’s ${
        formatLevel(input.results.settings.bootstrap.level)
      } interval.`,
    description: "Line chart of a chosen measure of specificity against normalized depth, one panel per category.",
    columns: MEASURE_COLUMNS,
    rows: measureRows(input, MEASURES),
    filters: { category: "any", criterion: true, networks: true },
    choices: [measureChoice(MEASURES)],
    spec: (layout) => depthCurves(input, layout, { zero: false }),
  };
}
