import {
  type Measure,
  type Measured,
  measured,
  type PlacementMeter,
  type PlacementNull,
  RESPONSE,
  type UnitContext,
  type UnitMeasure,
  unmeasured,
} from "../measures/mod.ts";
import type { Moments } from "../statistics/mod.ts";
import type { Selected } from "./half.ts";

/** A statistic of places beside its expectation when as many units are placed at random. */
export interface Placed extends Measured {
  /** Mean under random placement; null where it is not defined. */
  readonly random: number | null;
  /** Standard deviations from `random`; null where random placement always gives the same. */
  readonly z: number | null;
}

/** Why the moments cannot measure a target's units; null where they can. */
export function unitReason(
  measure: UnitMeasure,
  { moments, target, others, units, noise }: UnitContext,
): string | null {
  if (units.length === 0) return "no unit is selected";
  if (moments[target].n === 0) return "the category has no held-out image";
  if (others.length === 0) return "there is no other condition to compare with";
  if (measure.needsVariance && [target, ...others].some((k) => moments[k].n < 2)) {
    return "a condition has fewer than two held-out images";
  }
  return measure.needsNoise && !(noise > 0) ? "the layer has no variance within conditions" : null;
}

/**
 * Prepares what every measure of single units needs.
 *
 * @param input.otherMoments Moments of the half that is not measured. They say which condition is a unit's runner-up: on the half
 * that is, it would be the largest of several noisy means, and what is measured against it too small.
 */
export function unitContext(
  { moments, otherMoments, target, units, noise }: Pick<UnitContext, "moments" | "target" | "units" | "noise"> & {
    readonly otherMoments: readonly Moments[];
  },
): UnitContext {
  const others = moments.flatMap(({ n }, k) => k !== target && n > 0 ? [k] : []);
  const runnerUp = new Int32Array(units.length).fill(-1);
  const largest = new Float64Array(units.length).fill(-Infinity);
  const known = others.filter((k) => otherMoments[k].n > 0);
  for (const k of known.length > 0 ? known : others) {
    const { mean } = otherMoments[k];
    for (let i = 0; i < units.length; i++) {
      if (mean[units[i]] > largest[i]) {
        largest[i] = mean[units[i]];
        runnerUp[i] = k;
      }
    }
  }
  return { moments, target, others, units, runnerUp, noise };
}

/** A measure of single units, averaged over the selected ones. */
export function measureUnits(measure: UnitMeasure, context: UnitContext): Measured {
  const reason = unitReason(measure, context);
  if (reason !== null) return unmeasured(reason);
  const values = measure.values(context);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return measured(sum / values.length);
}

/** What places are measured with. */
export interface Placement {
  /** Measures where units are. */
  readonly meter: PlacementMeter;
  /** What as many units placed at random give. */
  readonly nulls: PlacementNull;
}

const ALWAYS_SAME = 1e-9;

/** Measures where selected units are. */
export function measurePlaces(selected: Selected, { meter, nulls }: Placement): Placed[] {
  const found = meter.measure(selected.units);
  const expected = nulls.expect(selected.units);
  return found.map((measure, m) => {
    const spread = expected[m];
    if (measure.value === null || spread === null) return { ...measure, random: null, z: null };
    const { mean, deviation } = spread;
    return {
      value: measure.value,
      random: mean,
      z: deviation > ALWAYS_SAME ? (measure.value - mean) / deviation : null,
    };
  });
}

/** What one half selected for one target, as the moments of the other measure it. */
export interface MeasuredSelection {
  /** One number a measure, in their order. */
  readonly values: readonly (Measured | Placed)[];
  /** Mean response to each condition, in units of the layer noise. */
  readonly profile: readonly Measured[];
}

/** Measures what one half selected for one target on the moments of the other. */
export function measureSelection(
  { measures, selections, fixed, index, moments, otherMoments, everyMoments, target, noise, population, places }: {
    readonly measures: readonly Measure[];
    /** Of every target, from the selecting half. */
    readonly selections: readonly Selected[];
    /** The same by the fixed threshold; null where the criterion's own selections measure everything. */
    readonly fixed: readonly Selected[] | null;
    /** Which of them. */
    readonly index: number;
    /** Of the measuring half, one per condition. */
    readonly moments: readonly Moments[];
    /** Of the other half. */
    readonly otherMoments: readonly Moments[];
    /** Of the measuring half, with the conditions that the criterion does not use. */
    readonly everyMoments: readonly Moments[];
    /** Index of the target's condition. */
    readonly target: number;
    readonly noise: number;
    readonly population: number;
    /** What {@linkcode measurePlaces} gives; null where only some units could be selected. */
    readonly places: ((selected: Selected) => readonly Placed[]) | null;
  },
): MeasuredSelection {
  const { units } = selections[index];
  const contextOf = (units: Uint32Array): UnitContext => unitContext({ moments, otherMoments, target, units, noise });
  const atFixed = contextOf(fixed === null ? units : fixed[index].units);
  let own: UnitContext | undefined;
  const selected = (): UnitContext => own ??= fixed === null ? atFixed : contextOf(units);
  const none = fixed !== null && atFixed.units.length === 0 ? unmeasured("no unit passes the fixed threshold") : null;
  const others = selections.flatMap(({ mask }, t) => t === index ? [] : [mask]);
  const placed = places && places(selections[index]);
  const scattered = {
    ...unmeasured("only sampled units can be selected, whose places are not those of all units"),
    random: null,
    z: null,
  };
  let place = 0;
  const values = measures.map((measure) => {
    switch (measure.kind) {
      case "unit":
        return measure.atFixedThreshold ? none ?? measureUnits(measure, atFixed) : measureUnits(measure, selected());
      case "selection":
        return measure.value({ units, others, population });
      case "placement":
        return placed === null ? scattered : placed[place++];
      case "network":
        return unmeasured("is measured over the whole network");
    }
  });
  const profile = none === null ? responseProfile(atFixed, everyMoments) : everyMoments.map(() => none);
  return { values, profile };
}

/** The mean response of some units to each condition. */
function responseProfile(context: UnitContext, moments: readonly Moments[]): Measured[] {
  return moments.map(({ n }, condition) =>
    n === 0
      ? unmeasured("the condition has no held-out image")
      : measureUnits(RESPONSE, { ...context, moments, target: condition })
  );
}
