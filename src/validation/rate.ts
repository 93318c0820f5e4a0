/** How often something happened, with the tolerance that chance allows. */
export interface Rate {
  readonly name: string;
  readonly count: number;
  readonly of: number;
  readonly rate: number;
  /** Three binomial standard errors at the expected rate, or at the observed one. */
  readonly tolerance: number;
}

/** Counts how often something happened. */
export function rateOf(name: string, happened: readonly boolean[], expected?: number): Rate {
  const count = happened.filter(Boolean).length;
  const rate = happened.length > 0 ? count / happened.length : 0;
  const p = expected ?? rate;
  return {
    name,
    count,
    of: happened.length,
    rate,
    tolerance: happened.length > 0 ? 3 * Math.sqrt((p * (1 - p)) / happened.length) : 1,
  };
}

/** Mean and standard deviation. */
export function spreadOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
