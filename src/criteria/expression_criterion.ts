import { contrastsOf } from "./_contrasts_of.ts";
import type { Criterion, SelectionInput } from "./criterion.ts";
import { compileExpression } from "./expression/compile_expression.ts";
import { ExpressionColumns } from "./expression/expression_columns.ts";

/**
 * A criterion of the user's own: an expression that holds for the units that are selective.
 *
 * Per condition (`d.objects`, `mean["scrambled places"]`, `mean.scrambled_places`) it may name, of the target against that
 * condition, Welch's `t`, its one-sided `p`, and that p corrected over the units of the layer by Benjamini and Hochberg (`q`), by
 * Benjamini and Yekutieli (`q_by`) or by Bonferroni (`q_bonferroni`); the same with Student's pooled variance (`t_pooled`,
 * `p_pooled`, `q_pooled`, `q_by_pooled`, `q_bonferroni_pooled`); `d`; and that condition's own `mean`, `var` and `n`. `target`
 * stands for the category itself and `rest` for all other conditions pooled. A quantity alone stands for its values against each
 * other condition inside `min` and `max`: `min(t) > 2`. There are `+ - * / ^`, comparisons, `and or not`, and the functions min, max,
 * abs, sqrt, log and exp. A comparison with an undefined number (`log(-1)`) does not hold. A unit without any variance is never
 * selected.
 *
 * @param source The expression.
 * @param conditions Names of all conditions.
 * @throws {RequestError} that shows the place, where the expression is wrong.
 */
export function expressionCriterion(source: string, conditions: readonly string[]): Criterion {
  const bind = compileExpression(source, conditions);
  return {
    name: source,
    definition: source,
    status: "user",
    source: "expression given by the user",
    doi: null,
    needsResponses: false,
    population: "units",
    select,
  };

  function select(input: SelectionInput): Uint8Array {
    const contrasts = contrastsOf(input);
    const columns = contrasts.shared(
      EXPRESSION_COLUMNS,
      () => new Map<number, ExpressionColumns>(),
    );
    let own = columns.get(input.target);
    if (!own) columns.set(input.target, own = new ExpressionColumns(contrasts, input.target));
    const same = input.conditions.length === conditions.length &&
      input.conditions.every((name, i) => name === conditions[i]);
    const evaluate = (same ? bind : compileExpression(source, input.conditions))(own);
    const mask = new Uint8Array(contrasts.units);
    const groups = contrasts.moments.filter(({ n }) => n > 1);
    for (let unit = 0; unit < mask.length; unit++) {
      if (evaluate(unit) !== 1) continue;
      for (let k = 0; k < groups.length && mask[unit] === 0; k++) if (groups[k].m2[unit] > 0) mask[unit] = 1;
    }
    return mask;
  }
}

const EXPRESSION_COLUMNS = {};
