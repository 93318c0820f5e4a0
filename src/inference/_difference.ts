import type { EntriesUsed } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { type Family, familyNumber, type Reader } from "./family.ts";
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

/** A difference between two families with its uncertainty over images and trainings. */
export interface Difference {
  readonly valueA: number | null;
  readonly valueB: number | null;
  readonly difference: number | null;
  readonly interval: [number, number] | null;
  readonly pValue: number | null;
  /** The difference in standard deviations between trainings of a family. */
  readonly effect: number | null;
  /** Why there is a difference and no effect. */
  readonly effectReason?: string;
  /** Of the entries, how many every training has and so are averaged. */
  readonly entries?: EntriesUsed;
  readonly reason?: string;
}

const NOTHING: Difference = {
  valueA: null,
  valueB: null,
  difference: null,
  interval: null,
  pValue: null,
  effect: null,
};

/** The spread over trainings: variance of the family's mean, and its degrees of freedom. */
interface TrainingSpread {
  readonly variance: number;
  readonly df: number;
}

function trainingSpread(perTraining: readonly number[]): TrainingSpread | null {
  const n = perTraining.length;
  return n < 2 ? null : { variance: sampleVariance(perTraining) / n, df: n - 1 };
}

/**
 * Interval and p over images and trainings: the variances add up, with Satterthwaite's degrees of freedom; and never narrower
 * than over trainings alone, whose spread few trainings may understate.
 *
 * @param images Variance over images, with `blocks − 1` degrees of freedom.
 * @param trainings One entry for each family of several trainings.
 */
function uncertainty(
  value: number,
  { images, blocks, trainings, level }: {
    readonly images: number;
    readonly blocks: number;
    readonly trainings: readonly TrainingSpread[];
    readonly level: number;
  },
): Pick<Difference, "interval" | "pValue"> {
  const over = (parts: readonly TrainingSpread[]): TrainingSpread => {
    const variance = parts.reduce((sum, part) => sum + part.variance, 0);
    const squares = parts.reduce((sum, part) => sum + part.variance ** 2 / part.df, 0);
    return { variance, df: squares > 0 ? variance ** 2 / squares : Infinity };
  };
  const candidates = [over([...trainings, { variance: images, df: blocks - 1 }])];
  if (trainings.length > 0) candidates.push(over(trainings));
  const widths = candidates.filter(({ variance }) => variance > 0).map(({ variance, df }) => ({
    interval: studentInterval(value, { variance, df: Math.min(df, 1e6), level }),
    pValue: studentP(value, variance, Math.min(df, 1e6)),
  }));
  // Where nothing varies the interval has no width; whoever reads it says that it settles nothing.
  if (widths.length === 0) return { interval: [value, value], pValue: null };
  return widths.reduce((wide, each) =>
    each.interval[1] - each.interval[0] > wide.interval[1] - wide.interval[0] ? each : wide
  );
}

/** A difference in standard deviations between trainings: the root of the mean of the families' variances. */
function effectOf(
  difference: number,
  families: readonly (readonly number[])[],
): Pick<Difference, "effect" | "effectReason"> {
  const known = families.filter(({ length }) => length > 1).map(sampleVariance);
  const variance = meanOf(known);
  if (variance === null) return { effect: null, effectReason: "a family of one network has no spread over trainings" };
  const deviation = Math.sqrt(variance);
  return deviation > 1e-12
    ? { effect: difference / deviation }
    : { effect: null, effectReason: "the trainings of a family do not differ" };
}

/** Variance over images of a difference of family means; of two single networks nothing is taken off the jackknife. */
function imagesOf(replicates: Replicates, several: boolean): number {
  if (!several) return differenceVariance(replicates);
  const { jackknife, excess, splits } = varianceParts(replicates);
  return Math.max(0, jackknife - excess) + splits;
}

/**
 * Compares two families on the average of some entries, `b − a`.
 *
 * Only entries that every training of both has are averaged, so that both sides average the same layers and categories; an
 * entry that has no replicates (a layer where next to nothing is selected) stays out too, unless none has any.
 */
export function differenceOf(a: Family, b: Family, entries: readonly Reader[], level: number): Difference {
  const networks = [...a.networks, ...b.networks];
  const reasons: string[] = [];
  const measured = entries.filter((read) =>
    networks.every(({ analysis }) => {
      const { value, reason } = read(analysis);
      if (value === null) reasons.push(reason ?? "was not measured");
      return value !== null;
    })
  );
  const resampled = measured.filter((read) => networks.every(({ analysis }) => read(analysis).replicates !== null));
  const common = resampled.length > 0 ? resampled : measured;
  const used: EntriesUsed = { used: common.length, of: entries.length };
  if (common.length === 0) {
    return {
      ...NOTHING,
      entries: used,
      reason: `not every network has a value: ${reasons[0] ?? "there is nothing to compare"}`,
    };
  }
  const numberA = familyNumber(a, common);
  const numberB = familyNumber(b, common);
  const difference = numberB.value - numberA.value;
  const values = {
    valueA: numberA.value,
    valueB: numberB.value,
    difference,
    entries: used,
    ...effectOf(difference, [numberA.perTraining, numberB.perTraining]),
  };
  const replicates = weightedSum([
    { replicates: numberB.replicates, weight: 1 },
    { replicates: numberA.replicates, weight: -1 },
  ]);
  if (replicates === null) {
    const reason = common.flatMap((read) => networks.map(({ analysis }) => read(analysis).reason)).find((each) =>
      each !== undefined
    );
    return { ...NOTHING, ...values, reason: reason ?? NO_INTERVAL };
  }
  const trainings = [numberA, numberB].flatMap(({ perTraining }) => trainingSpread(perTraining) ?? []);
  const images = imagesOf(replicates, trainings.length > 0);
  return { ...NOTHING, ...values, ...uncertainty(difference, { images, blocks: replicates.blocks, trainings, level }) };
}

/** A family's own number with its interval, such as its slope over depth. */
export function ownNumber(family: Family, read: Reader, level: number): Difference {
  const missing = family.networks.map(({ analysis }) => read(analysis)).find(({ value }) => value === null);
  if (missing) return { ...NOTHING, reason: missing.reason };
  const { value, replicates, perTraining } = familyNumber(family, [read]);
  const own = { ...NOTHING, difference: value, ...effectOf(value, [perTraining]) };
  if (replicates === null) {
    const { reason } = read(family.networks[0].analysis);
    return { ...own, reason: reason ?? NO_INTERVAL };
  }
  const spread = trainingSpread(perTraining);
  const images = imageVariance(replicates);
  return {
    ...own,
    ...uncertainty(value, { images, blocks: replicates.blocks, trainings: spread === null ? [] : [spread], level }),
  };
}
