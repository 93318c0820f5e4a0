import type { Measure, MeasureGroup } from "../measures/mod.ts";

/** What a measure is taken of: each unit, the set of selected units, their places, or a whole network. */
export type MeasureKind = Measure["kind"];

/** What a results file says of a measure: all that its tables, comparisons and figures know of it. */
export interface MeasureResult {
  /** By which estimates, comparisons and claims refer to it. */
  name: string;
  /** What it is taken of. */
  kind: MeasureKind;
  /** The question that it answers. */
  group: MeasureGroup;
  /** The least and the largest value that it can have; null where there is no bound. */
  range: [number | null, number | null];
  /** Whether a larger value means more (1) or less (−1) of its group: more specific, more localized, stronger. */
  direction: 1 | -1;
  /** As an axis title, without its unit and without what it is compared with: `d′ against the runner-up`. */
  label: string;
  /** As a column's head: `d′`. */
  short: string;
  /** Of its values: empty, `%`, `SD`. */
  unit: string;
  /** How its values read. */
  format: "number" | "percent";
  /** Its formula in words. */
  definition: string;
  /** Of its source. */
  doi: string | null;
  /** Whether it decides for its group; the others of the group stand beside it. */
  primary: boolean;
  /** Over which units it decides for its group, where it is primary; for others `selected units`. */
  primaryOver: "selected units" | "all units";
  /** Whether it is taken in the units of the fixed threshold under the criteria that say `movesWithPrevalence`. */
  atFixedThreshold: boolean;
  /** Whether networks are compared by its excess over random placement. */
  excess: boolean;
  /** Differences up to this are of no interest, as a difference or as a ratio; null where none is stated. */
  smallest: { scale: "difference" | "ratio"; value: number } | null;
}
