import {
  ENTROPY_ACROSS,
  ENTROPY_WITHIN,
  GINI_ACROSS,
  GINI_WITHIN,
  type Measured,
  MORAN_WITHIN,
  PEAK_WITHIN,
  type PlacementMeasure,
} from "../../src/measures/mod.ts";

/** Every measure of places. */
export const PLACEMENT_MEASURES: readonly PlacementMeasure[] = [
  ENTROPY_WITHIN,
  GINI_WITHIN,
  MORAN_WITHIN,
  PEAK_WITHIN,
  ENTROPY_ACROSS,
  GINI_ACROSS,
];

/** One of something for every measure of places. */
export interface Places<T = Measured> {
  readonly within: { readonly entropy: T; readonly gini: T; readonly moran: T; readonly peak: T };
  readonly across: { readonly entropy: T; readonly gini: T };
}

/** Sorts what comes in the order of {@linkcode PLACEMENT_MEASURES}. */
export function byName<T>([entropy, gini, moran, peak, entropyAcross, giniAcross]: readonly T[]): Places<T> {
  return { within: { entropy, gini, moran, peak }, across: { entropy: entropyAcross, gini: giniAcross } };
}
