import type { AnalyseOptions } from "../inference/mod.ts";

/** How long a part of an analysis took. */
export interface AnalysisSeconds {
  /** Spent on tests and corrections. */
  readonly tests: number;
  /** Spent on everything else. */
  readonly measures: number;
}

/** Runs some work of an analysis and says how long its parts took. */
export class AnalysisClock {
  #tests = 0;

  /** Runs the tests and corrections that select units. */
  readonly timeTests: NonNullable<AnalyseOptions["timeTests"]> = (work) => {
    const before = performance.now();
    const result = work();
    this.#tests += (performance.now() - before) / 1000;
    return result;
  };

  /** Runs work, in which tests are timed apart. */
  async time<T>(work: () => T | Promise<T>): Promise<{ result: T; seconds: AnalysisSeconds }> {
    this.#tests = 0;
    const started = performance.now();
    const result = await work();
    const tests = this.#tests;
    return { result, seconds: { tests, measures: (performance.now() - started) / 1000 - tests } };
  }
}
