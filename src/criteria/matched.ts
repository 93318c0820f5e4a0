import { contrastsOf } from "./_contrasts_of.ts";
import type { Criterion } from "./criterion.ts";

/**
 * Selects an equal share of the units in every network: those with the largest t against all other conditions.
 *
 * @param name What it is called among the criteria.
 * @param proportion In (0, 1).
 */
export function matchedCriterion(name: string, proportion: number): Criterion {
  return {
    name,
    definition: `the ${
      100 * proportion
    } % of the layer's units with the largest Welch t against all other conditions pooled`,
    status: "established",
    source: "equal counts in every network",
    doi: null,
    needsResponses: false,
    population: "units",
    fixesProportion: true,
    variances: "rest",
    select: (input) => contrastsOf(input).topAgainstRest(input.target, proportion),
  };
}
