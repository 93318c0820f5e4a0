import { studentTail } from "./student_tail.ts";

/**
 * The one-sided p of a t statistic: the chance of one as large or larger under the null.
 *
 * @param t The statistic.
 * @param df Degrees of freedom; 0 marks a contrast that cannot be tested (a dead unit), whose p is 1.
 * @returns A probability in 0–1.
 * @throws {RangeError} where `t` is not a number or `df` is negative.
 */
export function oneSidedP(t: number, df: number): number {
  if (Number.isNaN(t) || !(df >= 0)) {
    throw new RangeError(`Cannot give p: t = ${t}, df = ${df}; expected a number and degrees of freedom of at least 0`);
  }
  return df === 0 ? 1 : studentTail(t, df);
}
