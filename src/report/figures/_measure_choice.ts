import type { MeasureResult } from "../../results/mod.ts";
import { capitalized } from "../_format.ts";
import { axisTitle } from "../_measures.ts";
import type { FigureChoice } from "./figure.ts";

/** A choice among measures, the first one shown first. */
export function measureChoice(
  measures: readonly MeasureResult[],
  title: (measure: MeasureResult) => string = axisTitle,
): FigureChoice {
  return {
    column: "measure",
    label: "Measure",
    options: measures.map((measure) => ({ value: measure.name, label: capitalized(title(measure)) })),
    initial: measures[0]?.name ?? "",
  };
}
