import { RequestError } from "../errors.ts";
import { CRITERIA } from "./criteria.ts";
import type { Criterion } from "./criterion.ts";
import { expressionCriterion } from "./expression_criterion.ts";

/**
 * The criterion of a name, or of an expression.
 *
 * @param text A name among {@linkcode CRITERIA}, or an expression as {@linkcode expressionCriterion} describes them.
 * @param conditions Names of all conditions, which an expression may use.
 * @throws {RequestError} where it is neither; where an expression is wrong, with the place.
 */
export function parseCriterion(text: string, conditions: readonly string[]): Criterion {
  const name = text.trim();
  const preset = CRITERIA.find((criterion) => criterion.name === name);
  if (preset) return preset;
  if (/^[\p{L}\p{N}_-]*$/u.test(name)) {
    const names = CRITERIA.map((criterion) => criterion.name).join(", ");
    throw new RequestError(
      `Unknown criterion: "${name}". Should be one of: ${names}; or an expression such as min(d) > 0.5 and mean.target > 0`,
    );
  }
  return expressionCriterion(name, conditions);
}
