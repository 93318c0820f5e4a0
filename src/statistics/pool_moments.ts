import { MomentPooling, type PooledCondition, type Screen, type Screened } from "../kernels/mod.ts";
import { sameUnits } from "./same_units.ts";
import type { Moments } from "./moments.ts";

/**
 * Moments of the union of several groups, by the pairwise update of Chan, Golub & LeVeque, doi:10.1080/00031305.1983.10483115.
 *
 * @param groups Moments of disjoint groups of images, `[units]` each; empty groups count for nothing.
 * @returns Moments in float64.
 * @throws {RangeError} where there is no group or they differ in their units.
 */
export function poolMoments(...groups: readonly Moments[]): Moments {
  const units = sameUnits(groups, "pool moments");
  return poolMomentsInto({ mean: new Float64Array(units), m2: new Float64Array(units) }, groups);
}

/**
 * The same into arrays that are there, for callers that pool again and again.
 *
 * @param into `[units]` each; what they hold is overwritten.
 * @throws {RangeError} as {@linkcode poolMoments}, or where the arrays do not fit.
 */
export function poolMomentsInto(
  { mean, m2 }: { readonly mean: Float64Array; readonly m2: Float64Array },
  groups: readonly Moments[],
): Moments {
  sameUnits([{ n: 0, mean, m2 }, ...groups], "pool moments");
  const filled = groups.filter(({ n }) => n > 0);
  if (filled.length === 0) {
    mean.fill(0);
    m2.fill(0);
  } else poolConditions(mean.length, [{ groups: filled, into: { mean, m2 } }]);
  return { n: filled.reduce((sum, { n }) => sum + n, 0), mean, m2 };
}

/**
 * Pools the groups of several conditions, and on the way finds the units that t tests between them may select.
 *
 * @param units Of every condition.
 * @returns One a screen.
 */
export function poolConditions(
  units: number,
  conditions: readonly PooledCondition[],
  screens: readonly Screen[] = [],
): Screened[] {
  return (pooling ??= new MomentPooling()).pool(units, conditions, screens);
}

/** Keeps groups close to where they are pooled, for callers that pool them again and again; they must not change meanwhile. */
export function holdMoments(groups: readonly Moments[]): void {
  (pooling ??= new MomentPooling()).hold(groups);
}

let pooling: MomentPooling | undefined;
