import { bootstrapPValue, quantile } from "../resampling/mod.ts";
import { deviationsOf, NO_INTERVAL, weightedSum } from "./_replicates.ts";
import { type Family, familyNumber, type Reader } from "./_family.ts";
import { uncertaintyDraws } from "./_spread.ts";

/** A difference between two families with its uncertainty over images and seeds. */
export interface Difference {
  readonly valueA: number | null;
  readonly valueB: number | null;
  readonly difference: number | null;
  readonly interval: [number, number] | null;
  readonly pValue: number | null;
  readonly effect: number | null;
  readonly reason?: string;
}

/** How intervals are made. */
export interface IntervalSettings {
  readonly level: number;
  readonly seed: number;
}

/** The interval of a value from draws of its uncertainty around 0. */
export function intervalFromDraws(value: number, draws: Float64Array, level: number): [number, number] {
  const ascending = draws.slice().sort();
  let mean = 0;
  for (let i = 0; i < draws.length; i++) mean += draws[i] / draws.length;
  const bound = (probability: number): number => value + quantile(ascending, probability) - mean;
  return [Math.min(value, bound((1 - level) / 2)), Math.max(value, bound((1 + level) / 2))];
}

const NOTHING: Difference = {
  valueA: null,
  valueB: null,
  difference: null,
  interval: null,
  pValue: null,
  effect: null,
};

/**
 * Compares two families on the average of some entries, `b − a`.
 *
 * Only entries that every network of both has are averaged, so that both sides average the same taps and categories; an
 * entry that has no replicates (a tap where next to nothing is selected) stays out too, unless none has any.
 */
export function differenceOf(
  a: Family,
  b: Family,
  entries: readonly Reader[],
  { level, seed }: IntervalSettings,
): Difference {
  const networks = [...a.networks, ...b.networks];
  const reasons: string[] = [];
  const measured = entries.filter((read) =>
    networks.every(({ analysis }) => {
      const { value, reason } = read(analysis);
      if (value === null) reasons.push(reason ?? "was not measured");
      return value !== null;
    })
  );
  const resampled = measured.filter((read) => networks.every(({ analysis }) => read(analysis).draws !== null));
  const common = resampled.length > 0 ? resampled : measured;
  if (common.length === 0) {
    return { ...NOTHING, reason: `not every network has a value: ${reasons[0] ?? "there is nothing to compare"}` };
  }
  const numberA = familyNumber(a, common);
  const numberB = familyNumber(b, common);
  const difference = numberB.value - numberA.value;
  const values = { valueA: numberA.value, valueB: numberB.value, difference };
  const draws = weightedSum([{ draws: numberB.draws, weight: 1 }, { draws: numberA.draws, weight: -1 }]);
  if (draws === null) return { ...NOTHING, ...values, reason: NO_INTERVAL };
  const seeds = [numberA.seeds, numberB.seeds].filter((spread) => spread !== null);
  const uncertainty = uncertaintyDraws(deviationsOf(draws), draws.degrees, seeds, seed);
  const pooled = numberA.variance === null || numberB.variance === null
    ? 0
    : Math.sqrt((numberA.variance + numberB.variance) / 2);
  return {
    ...values,
    interval: intervalFromDraws(difference, uncertainty, level),
    pValue: bootstrapPValue(uncertainty.map((deviation) => difference + deviation)),
    effect: pooled > 1e-12 ? difference / pooled : null,
  };
}

/** A family's own number with its interval, such as its slope over depth. */
export function ownNumber(family: Family, read: Reader, { level, seed }: IntervalSettings): Difference {
  const missing = family.networks.map(({ analysis }) => read(analysis)).find(({ value }) => value === null);
  if (missing) return { ...NOTHING, reason: missing.reason };
  const { value, draws, seeds, variance } = familyNumber(family, [read]);
  if (draws === null) {
    return { ...NOTHING, difference: value, reason: NO_INTERVAL };
  }
  const uncertainty = uncertaintyDraws(deviationsOf(draws), draws.degrees, seeds ? [seeds] : [], seed);
  const deviation = Math.sqrt(variance ?? 0);
  return {
    ...NOTHING,
    difference: value,
    interval: intervalFromDraws(value, uncertainty, level),
    pValue: bootstrapPValue(uncertainty.map((each) => value + each)),
    effect: deviation > 1e-12 ? value / deviation : null,
  };
}
