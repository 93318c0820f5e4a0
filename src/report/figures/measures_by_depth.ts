import type { MeasureGroup } from "../../measures/mod.ts";
import { capitalized, formatLevel, leftOut } from "../_format.ts";
import { axisFormat, axisTitle, measuresWhere } from "../_measures.ts";
import { depthCurves } from "./_depth_curves.ts";
import { measureChoice } from "./_measure_choice.ts";
import { MEASURE_COLUMNS, measureRows } from "./_measure_rows.ts";
import type { Figure, FigureInput } from "./figure.ts";

/** What is said of the figure of a group. */
interface GroupWords {
  readonly id: string;
  readonly title: string;
  /** What a high value means. */
  readonly higher?: string;
  /** Whether the axis starts at zero. */
  readonly zero: boolean;
}

const WORDS: Readonly<Record<MeasureGroup, GroupWords>> = {
  quantity: {
    id: "proportion-by-depth",
    title: "How many units are selective, by depth",
    zero: true,
  },
  specificity: {
    id: "specificity-by-depth",
    title: "How sharply they prefer their category, by depth",
    higher: "Higher: selective units set their category further apart, on new images.",
    zero: false,
  },
  localization: {
    id: "concentration-by-depth",
    title: "How localized selective units are, by depth",
    higher: "Measured on images that did not select the units.",
    zero: false,
  },
  strength: {
    id: "strength-by-depth",
    title: "How strongly they respond, by depth",
    higher: "Higher: selective units respond more strongly to their category, on new images.",
    zero: true,
  },
  consistency: {
    id: "consistency-by-depth",
    title: "How consistent the layers are, by depth",
    higher: "Measured on images that did not select the units.",
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
    const own = `a single one’s ${formatLevel(level)} interval`;
    return {
      id,
      title,
      reading: chance
        ? `Lines are means over trainings, bands their range or ${own}. Dotted: what permuted labels reach in ${
          formatLevel(leftOut(level) / 2)
        } of draws.`
        : `${higher ?? ""} Lines are means over trainings, bands their range or ${own}.`,
      description: `Line chart of ${
        measures.length === 1 ? measures[0].label : "a chosen measure"
      } against normalized depth, one panel per category.`,
      columns: [...MEASURE_COLUMNS, ...(chance ? ["nullMean", "nullHigh", "pValue", "correctedP"] : [])],
      rows: measureRows(input, measures),
      filters: { category: "any", criterion: "chosen", networks: true },
      choices: measures.length > 1 ? [measureChoice(measures)] : [],
      panels: input.results.targets,
      spec: (layout) =>
        depthCurves(input, layout, {
          ...(measures.length === 1 && { title: capitalized(axisTitle(measures[0])) }),
          format: axisFormat(measures),
          zero,
          ...(chance && { chance: "nullHigh", permuted: true }),
        }),
    };
  };
}
