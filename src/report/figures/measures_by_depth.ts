import type { MeasureGroup } from "../../measures/mod.ts";
import { formatLevel, leftOut } from "../_format.ts";
import { axisFormat, axisTitle, measuresWhere } from "../_measures.ts";
import { depthCurves } from "./_depth_curves.ts";
import { measureChoice } from "./_measure_choice.ts";
import { MEASURE_COLUMNS, measureRows } from "./_measure_rows.ts";
import type { Figure, FigureInput } from "./figure.ts";

/** What is said of the figure of a group. */
interface GroupWords {
  readonly id: string;
  readonly title: string;
  readonly higher: string;
  /** Whether the axis starts at zero. */
  readonly zero: boolean;
}

const WORDS: Readonly<Record<MeasureGroup, GroupWords>> = {
  quantity: {
    id: "proportion-by-depth",
    title: "How many units are selective, by depth",
    higher: "Higher means that more of a layer’s units prefer the category",
    zero: true,
  },
  specificity: {
    id: "specificity-by-depth",
    title: "How sharply they prefer their category, by depth",
    higher:
      "Higher means that selective units set their category further apart from the others, on images that did not " +
      "select them",
    zero: false,
  },
  localization: {
    id: "concentration-by-depth",
    title: "How localized selective units are, by depth",
    higher: "Each point is a network at a layer, measured on images that did not select its units",
    zero: false,
  },
  strength: {
    id: "strength-by-depth",
    title: "How strongly they respond, by depth",
    higher:
      "Higher means a stronger response of the selective units to their category, on images that did not select them",
    zero: true,
  },
  consistency: {
    id: "consistency-by-depth",
    title: "How consistent the layers are, by depth",
    higher: "Each point is a network at a layer, measured on images that did not select its units",
    zero: true,
  },
};

/** The measures of a group that belong to layers and have no null of random placement, by depth, category and family. */
export function measuresByDepth(group: MeasureGroup): (input: FigureInput) => Figure {
  const { id, title, higher, zero } = WORDS[group];
  return (input) => {
    const { level } = input.results.settings;
    const measures = measuresWhere(
      input.results,
      (measure) => measure.group === group && (measure.kind === "unit" || measure.kind === "selection"),
    );
    const chance = group === "quantity";
    const own = `a single network’s ${formatLevel(level)} interval`;
    return {
      id,
      title,
      reading: `${higher}; lines are means over seeds, bands their spread or ${own}${
        chance
          ? `. The dotted line is what permuted condition labels reach in ${
            formatLevel(leftOut(level) / 2)
          } of draws; each point tells the p value, as it is and corrected (Holm) over the network’s layers`
          : ""
      }.`,
      description: `Line chart of ${
        measures.length === 1 ? measures[0].label : "a chosen measure"
      } against normalized depth, one panel per category.`,
      columns: [...MEASURE_COLUMNS, ...(chance ? ["nullMean", "nullHigh", "pValue", "correctedP"] : [])],
      rows: measureRows(input, measures),
      filters: { category: "any", criterion: true, networks: true },
      choices: measures.length > 1 ? [measureChoice(measures)] : [],
      spec: (layout) =>
        depthCurves(input, layout, {
          ...(measures.length === 1 && { title: axisTitle(measures[0]) }),
          format: axisFormat(measures),
          zero,
          ...(chance && { nullLine: true, permuted: true }),
        }),
    };
  };
}
