import { bootstrapPValue, quantile } from "../resampling/mod.ts";
import type { EntriesUsed } from "../results/mod.ts";
import { deviationsOf, NO_INTERVAL, type Replicates, weightedSum } from "./_replicates.ts";
import { type Family, familyNumber, type Reader } from "./_family.ts";
import { type SeedSpread, tailDegrees, uncertaintyDraws } from "./_spread.ts";

/** A difference between two families with its uncertainty over images and seeds. */
export interface Difference {
  readonly valueA: number | null;
  readonly valueB: number | null;
  readonly difference: number | null;
  readonly interval: [number, number] | null;
  readonly pValue: number | null;
  /** The difference in standard deviations between networks of a family, over seeds. */
  readonly effect: number | null;
  /** Why there is a difference and no effect. */
  readonly effectReason?: string;
  /** Of the entries, how many every network has and so are averaged. */
  readonly entries?: EntriesUsed;
  readonly reason?: string;
}

/** How intervals are made. */
export interface IntervalSettings {
  readonly level: number;
  readonly seed: number;
}

function centred(draws: Float64Array): Float64Array {
  let mean = 0;
  for (let i = 0; i < draws.length; i++) mean += draws[i] / draws.length;
  return draws.map((draw) => draw - mean);
}

function intervalFromCentred(value: number, draws: Float64Array, level: number): [number, number] {
  const ascending = draws.slice().sort();
  const bound = (probability: number): number => value + quantile(ascending, probability);
  return [Math.min(value, bound((1 - level) / 2)), Math.max(value, bound((1 + level) / 2))];
}

/** The interval of a value from draws of its uncertainty around 0. */
export function intervalFromDraws(value: number, draws: Float64Array, level: number): [number, number] {
  return intervalFromCentred(value, centred(draws), level);
}

/** Interval and p value from the same draws, so that they agree on whether zero is excluded. */
function uncertaintyOf(
  value: number,
  draws: Replicates,
  seeds: readonly SeedSpread[],
  { level, seed }: IntervalSettings,
): Pick<Difference, "interval" | "pValue"> {
  const deviations = deviationsOf(draws);
  const around = centred(uncertaintyDraws(deviations, draws.degrees, seeds, seed));
  return {
    interval: intervalFromCentred(value, around, level),
    pValue: bootstrapPValue(around.map((each) => value + each), tailDegrees(deviations, draws.degrees, seeds)),
  };
}

/**
 * A difference in standard deviations between networks: the root of the mean of the families' variances over seeds, of those
 * that have several networks. Images have no part in it, so more of them leave its size as it is.
 */
function effectOf(
  difference: number,
  variances: readonly (number | null)[],
): Pick<Difference, "effect" | "effectReason"> {
  const known = variances.filter((variance) => variance !== null);
  if (known.length === 0) return { effect: null, effectReason: "a family of one network has no spread over seeds" };
  const deviation = Math.sqrt(known.reduce((sum, variance) => sum + variance, 0) / known.length);
  return deviation > 1e-12
    ? { effect: difference / deviation }
    : { effect: null, effectReason: "the networks of a family do not differ" };
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
  settings: IntervalSettings,
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
    const entriesUsed = { used: 0, of: entries.length };
    return {
      ...NOTHING,
      entries: entriesUsed,
      reason: `not every network has a value: ${reasons[0] ?? "there is nothing to compare"}`,
    };
  }
  const numberA = familyNumber(a, common);
  const numberB = familyNumber(b, common);
  const difference = numberB.value - numberA.value;
  const entriesUsed = { used: common.length, of: entries.length };
  const values = {
    valueA: numberA.value,
    valueB: numberB.value,
    difference,
    entries: entriesUsed,
    ...effectOf(difference, [numberA.between, numberB.between]),
  };
  const draws = weightedSum([{ draws: numberB.draws, weight: 1 }, { draws: numberA.draws, weight: -1 }]);
  if (draws === null) return { ...NOTHING, ...values, reason: NO_INTERVAL };
  const seeds = [numberA.seeds, numberB.seeds].filter((spread) => spread !== null);
  return { ...NOTHING, ...values, ...uncertaintyOf(difference, draws, seeds, settings) };
}

/** A family's own number with its interval, such as its slope over depth. */
export function ownNumber(family: Family, read: Reader, settings: IntervalSettings): Difference {
  const missing = family.networks.map(({ analysis }) => read(analysis)).find(({ value }) => value === null);
  if (missing) return { ...NOTHING, reason: missing.reason };
  const { value, draws, seeds, between } = familyNumber(family, [read]);
  const own = { ...NOTHING, difference: value, ...effectOf(value, [between]) };
  if (draws === null) return { ...own, reason: NO_INTERVAL };
  return { ...own, ...uncertaintyOf(value, draws, seeds ? [seeds] : [], settings) };
}
