import type { MeasureDescription } from "../measures/mod.ts";
import type { EntriesUsed, InferenceLevel } from "../results/mod.ts";
import { studentTail } from "../statistics/mod.ts";
import { LEAST_TRAININGS, type Pair } from "./_family_pair.ts";
import { type Family, type FamilyNumber, familyNumber, type Reader } from "./family.ts";
import {
  differenceVariance,
  imageVariance,
  NO_INTERVAL,
  type Replicates,
  sampleVariance,
  studentInterval,
  studentP,
  varianceParts,
  weightedSum,
} from "./replicates.ts";

/** A difference between two families with its uncertainty over images and, of families, over trainings. */
export interface Difference {
  readonly valueA: number | null;
  readonly valueB: number | null;
  readonly difference: number | null;
  readonly interval: [number, number] | null;
  readonly pValue: number | null;
  readonly equivalenceP: number | null;
  readonly inference: InferenceLevel;
  /** Of the entries, how many every training has and so are averaged. */
  readonly entries?: EntriesUsed;
  readonly reason?: string;
}

/** How a difference is tested. */
export interface TestOptions {
  /** Coverage of the interval. */
  readonly level: number;
  /** The smallest effect of interest. @default none, so that equivalence is not tested */
  readonly smallest?: MeasureDescription["smallest"];
  /** Entries that rest on fewer units of a half, in any network compared, are not averaged. @default 0 */
  readonly leastUnits?: number;
}

const NOTHING = {
  valueA: null,
  valueB: null,
  difference: null,
  interval: null,
  pValue: null,
  equivalenceP: null,
} as const;

/** A variance with its degrees of freedom. */
interface Spread {
  readonly variance: number;
  readonly df: number;
}

/** The variance of a mean over trainings. */
function spreadOfMean(values: readonly number[]): Spread {
  return { variance: sampleVariance(values) / values.length, df: values.length - 1 };
}

/** A sum of independent parts: variances add up, with Satterthwaite's degrees of freedom (doi:10.2307/3002019). */
function sumOf(parts: readonly Spread[]): Spread {
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const squares = parts.reduce((sum, part) => sum + part.variance ** 2 / part.df, 0);
  return { variance, df: squares > 0 ? Math.min(variance ** 2 / squares, 1e6) : Infinity };
}

/** Variance over images of a family's number: what few splits add to the jackknife is taken off. */
function overImages(replicates: Replicates): Spread {
  const { jackknife, excess, splits } = varianceParts(replicates);
  return { variance: Math.max(0, jackknife - excess) + splits, df: replicates.blocks - 1 };
}

/**
 * The spreads that a number is judged by; the widest counts. Of families the trainings are a sample: variance over trainings and
 * over images, and that over trainings alone, which few trainings may understate. Of a few networks images are the sample.
 */
function spreadsOf(
  images: Replicates,
  trainings: readonly (readonly number[])[],
  inference: InferenceLevel,
): Spread[] {
  const candidates = inference === "families"
    ? [sumOf([...trainings.map(spreadOfMean), overImages(images)]), sumOf(trainings.map(spreadOfMean))]
    : [{
      variance: inference === "network" ? imageVariance(images) : differenceVariance(images),
      df: images.blocks - 1,
    }];
  return candidates.filter(({ variance }) => variance > 0);
}

/** The widest interval and the largest p of the spreads. Where nothing varies the interval has no width, and there is no p. */
function judge(value: number, spreads: readonly Spread[], level: number): Pick<Difference, "interval" | "pValue"> {
  if (spreads.length === 0) return { interval: [value, value], pValue: null };
  const intervals = spreads.map((spread) => studentInterval(value, { ...spread, level }));
  return {
    interval: [Math.min(...intervals.map(([low]) => low)), Math.max(...intervals.map(([, high]) => high))],
    pValue: Math.max(...spreads.map(({ variance, df }) => studentP(value, variance, df)!)),
  };
}

/** One-sided p of a number not being above 0. */
function pAbove(value: number, spreads: readonly Spread[]): number {
  return Math.max(...spreads.map(({ variance, df }) => studentTail(value / Math.sqrt(variance), df)));
}

/** Both families' numbers over the same entries. */
class Numbers {
  readonly a: FamilyNumber;
  readonly b: FamilyNumber;
  readonly #pair: Pair;

  constructor(pair: Pair, entries: readonly Reader[]) {
    this.#pair = pair;
    this.a = familyNumber(pair.a, entries);
    this.b = familyNumber(pair.b, entries);
  }

  /** `b − weight · a`, and the spreads of it; null where a network has no replicates. */
  contrast(weight: number): { readonly value: number; readonly spreads: Spread[] | null } {
    const { a, b } = this, { inference, paired } = this.#pair;
    const images = weightedSum([
      { replicates: b.replicates, weight: 1 },
      { replicates: a.replicates, weight: -weight },
    ]);
    const scaled = a.perTraining.map((value) => weight * value);
    const trainings = paired ? [b.perTraining.map((value, i) => value - scaled[i])] : [scaled, b.perTraining];
    return {
      value: b.value - weight * a.value,
      spreads: images === null ? null : spreadsOf(images, trainings, inference),
    };
  }

  /**
   * p of equivalence by two one-sided tests (Schuirmann 1987, doi:10.1007/BF01068419); of a ratio by tests of `b − c·a`
   * (Sasabuchi 1980, doi:10.1093/biomet/67.2.429).
   */
  equivalence({ scale, value }: NonNullable<TestOptions["smallest"]>): number | null {
    const p = (weight: number, sign: 1 | -1, shift: number): number | null => {
      const { value: found, spreads } = this.contrast(weight);
      return spreads === null || spreads.length === 0 ? null : pAbove(sign * found + shift, spreads);
    };
    const sides = scale === "ratio" ? [p(1 / value, 1, 0), p(value, -1, 0)] : [p(1, 1, value), p(1, -1, value)];
    const [low, high] = sides;
    return low === null || high === null ? null : Math.max(low, high);
  }
}

/** The entries that every training has, with enough selected units; those without replicates only where none has any. */
function commonEntries(
  { a, b }: Pair,
  entries: readonly Reader[],
  leastUnits: number,
): { readonly common: readonly Reader[]; readonly reason?: string } {
  const networks = [...a.networks, ...b.networks];
  const reasons: string[] = [];
  const measured = entries.filter((read) =>
    networks.every(({ analysis }) => {
      const { value, units = Infinity, reason } = read(analysis);
      const few = units < leastUnits;
      if (value === null) reasons.push(reason ?? "was not measured");
      else if (few) reasons.push(`fewer than ${leastUnits} units to measure in on a half`);
      return value !== null && !few;
    })
  );
  const resampled = measured.filter((read) => networks.every(({ analysis }) => read(analysis).replicates !== null));
  return { common: resampled.length > 0 ? resampled : measured, reason: reasons[0] };
}

/**
 * Compares two families on the average of some entries, `b − a`.
 *
 * Only entries that every training of both has, in enough units, are averaged, so that both sides average the same layers and
 * categories.
 */
export function differenceOf(
  pair: Pair,
  entries: readonly Reader[],
  { level, smallest, leastUnits = 0 }: TestOptions,
): Difference {
  const { common, reason } = commonEntries(pair, entries, leastUnits);
  const { inference } = pair;
  const used: EntriesUsed = { used: common.length, of: entries.length };
  if (common.length === 0) {
    return {
      ...NOTHING,
      inference,
      entries: used,
      reason: `not every network has a value: ${reason ?? "there is nothing to compare"}`,
    };
  }
  const numbers = new Numbers(pair, common);
  const { value, spreads } = numbers.contrast(1);
  const values = {
    ...NOTHING,
    inference,
    valueA: numbers.a.value,
    valueB: numbers.b.value,
    difference: value,
    entries: used,
  };
  if (spreads === null) {
    const networks = [...pair.a.networks, ...pair.b.networks];
    const why = common.flatMap((read) => networks.map(({ analysis }) => read(analysis).reason))
      .find((each) => each !== undefined);
    return { ...values, reason: why ?? NO_INTERVAL };
  }
  const equivalenceP = inference === "families" && smallest !== undefined ? numbers.equivalence(smallest) : null;
  return { ...values, ...judge(value, spreads, level), equivalenceP };
}

/** A family's own number with its interval, such as its slope over depth. */
export function ownNumber(family: Family, read: Reader, level: number): Difference {
  const inference = family.networks.length >= LEAST_TRAININGS
    ? "families"
    : family.networks.length === 1
    ? "network"
    : "networks";
  const missing = family.networks.map(({ analysis }) => read(analysis)).find(({ value }) => value === null);
  if (missing) return { ...NOTHING, inference, reason: missing.reason };
  const { value, replicates, perTraining } = familyNumber(family, [read]);
  const own = { ...NOTHING, inference, difference: value } as const;
  if (replicates === null) {
    return { ...own, reason: read(family.networks[0].analysis).reason ?? NO_INTERVAL };
  }
  const images = inference === "families" ? inference : "network";
  return { ...own, ...judge(value, spreadsOf(replicates, [perTraining], images), level) };
}
