import type { Finding } from "./row.ts";

/** What a rate or a mean must be. */
export interface Rule {
  readonly text: string;
  /** @param of How many simulations the value rests on. */
  readonly judge: (value: number, of: number) => Finding["verdict"];
}

const LEAST_COVERAGE = 0.93;
const MOST_COVERAGE = 0.975;
const ERROR_RATE = 0.05;

/** Standard error of a rate. */
export function rateError(rate: number, of: number): number {
  return Math.sqrt(rate * (1 - rate) / of);
}

function passes(holds: boolean): Finding["verdict"] {
  return holds ? "pass" : "fail";
}

/** Coverage of a 95 % interval: 93–97.5 %, but for two standard errors that so many simulations have there. */
export const COVERS: Rule = {
  text: "93–97.5 %, ± 2 SE",
  judge: (value, of) =>
    passes(
      value >= LEAST_COVERAGE - 2 * rateError(LEAST_COVERAGE, of) &&
        value <= MOST_COVERAGE + 2 * rateError(MOST_COVERAGE, of),
    ),
};

/** A rate of errors of at most 5 %, but for two standard errors that so many simulations have there. */
export const AT_MOST_5_PERCENT: Rule = {
  text: "≤ 5 % + 2 SE",
  judge: (value, of) => passes(value <= ERROR_RATE + 2 * rateError(ERROR_RATE, of)),
};

/** A share of at least 80 %. */
export const AT_LEAST_80_PERCENT: Rule = { text: "≥ 80 %", judge: (value) => passes(value >= 0.8) };

/** A bias of at most 0.05 either way. */
export const BIAS_AT_MOST_005: Rule = { text: "|bias| ≤ 0.05", judge: (value) => passes(Math.abs(value) <= 0.05) };

/** Nothing must hold. */
export const STATED: Rule = { text: "stated", judge: () => "stated" };
