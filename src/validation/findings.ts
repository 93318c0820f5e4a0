import { meanOf } from "../statistics/mod.ts";
import type { Finding, Observed, Outcome } from "./row.ts";
import { COVERS, rateError, type Rule, STATED } from "./rules.ts";

/** Mean and standard deviation. */
function spreadOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = meanOf(values) ?? 0;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}

/** What every simulation gave for one quantity. */
export function quantityOf<T extends Outcome[string]>(outcomes: readonly Outcome[], quantity: string): T[] {
  return outcomes.map((outcome) => outcome[quantity] as T);
}

/** What there is to say where no simulation counts. */
function nothing(quantity: string, rule: Rule, note: string): Finding {
  return { quantity, of: 0, value: null, error: null, rule: rule.text, verdict: "stated", note };
}

/** How often something happened, over the simulations in which it could. */
export function rateFinding(quantity: string, happened: readonly (boolean | null)[], rule: Rule): Finding {
  const known = happened.filter((each) => each !== null);
  if (known.length === 0) return nothing(quantity, rule, "could be decided in no simulation");
  const value = known.filter(Boolean).length / known.length;
  const absent = happened.length - known.length;
  return {
    quantity,
    of: known.length,
    value,
    error: rateError(value, known.length),
    rule: rule.text,
    verdict: rule.judge(value, known.length),
    ...(absent > 0 ? { note: `could not be decided in ${absent} more` } : {}),
  };
}

/** The mean of a number over simulations. */
export function meanFinding(quantity: string, values: readonly (number | null)[], rule: Rule): Finding {
  const known = values.filter((each) => each !== null);
  if (known.length === 0) return nothing(quantity, rule, "could be measured in no simulation");
  const { mean, deviation } = spreadOf(known);
  return {
    quantity,
    of: known.length,
    value: mean,
    error: deviation / Math.sqrt(known.length),
    rule: rule.text,
    verdict: rule.judge(mean, known.length),
  };
}

/**
 * How often intervals hold the mean of the estimates over all simulations. Where fewer than half of the simulations have an
 * interval, as where few units are selected, the coverage is stated and not judged.
 */
export function coverageFinding(quantity: string, observed: readonly Observed[], rule: Rule = COVERS): Finding {
  const { mean, deviation } = spreadOf(observed.flatMap(({ value }) => value ?? []));
  const intervals = observed.flatMap(({ interval }) => interval === null ? [] : [interval]);
  if (intervals.length === 0) return nothing(quantity, rule, "has an interval in no simulation");
  const finding = rateFinding(
    quantity,
    intervals.map(([low, high]) => low <= mean && mean <= high),
    2 * intervals.length < observed.length ? STATED : rule,
  );
  const half = spreadOf(intervals.map(([low, high]) => (high - low) / 2)).mean;
  const width = deviation > 0 ? `half-width ${(half / deviation).toFixed(2)} SD` : "the estimates do not vary";
  const absent = observed.length - intervals.length;
  return { ...finding, note: absent > 0 ? `${width}; no interval in ${absent} of ${observed.length}` : width };
}
