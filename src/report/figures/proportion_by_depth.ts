import { depthCurves } from "./_depth_curves.ts";
import { formatLevel, leftOut } from "../_format.ts";
import { MEASURE_COLUMNS, measureRows } from "./_measure_rows.ts";
import type { Figure, FigureInput } from "./figure.ts";

/** How many units are selective, by depth, category and supervision. */
export function proportionByDepth(input: FigureInput): Figure {
  const { level } = input.results.settings.bootstrap;
  return {
    id: "proportion-by-depth",
    title: "How many units are selective, by depth",
    reading:
      "Higher means that more of a tap’s units prefer the category; lines are means over seeds, bands their spread " +
      `(the network’s own ${
        formatLevel(level)
      } interval where it has one seed), grey the untrained control, and the dotted line the ` +
      `proportion that permuted condition labels reach in ${
        formatLevel(leftOut(level) / 2)
      } of draws. Each point tells the p ` +
      "value of that permutation, as it is and corrected (Holm) over the taps of the network within the category.",
    description: "Line chart of the proportion of selective units against normalized depth, one panel per category.",
    columns: [...MEASURE_COLUMNS, "nullMean", "nullHigh", "pValue", "correctedP"],
    rows: measureRows(input, ["proportion"]),
    filters: { category: "any", criterion: true, networks: true },
    choices: [],
    spec: (layout) =>
      depthCurves(input, layout, {
        title: "Proportion selective",
        format: ".0%",
        zero: true,
        nullLine: true,
        permuted: true,
      }),
  };
}
