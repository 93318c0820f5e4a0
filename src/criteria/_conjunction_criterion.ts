import { contrastsOf } from "./_contrasts_of.ts";
import type { ConjunctionDefinition } from "./conjunction_definition.ts";
import type { Criterion } from "./criterion.ts";

/** A criterion that is a conjunction of t tests: it states its definition, which the one implementation reads. */
export function conjunctionCriterion(
  about: Pick<Criterion, "name" | "definition" | "status" | "source" | "doi" | "usesDerived" | "movesWithPrevalence">,
  conjunction: ConjunctionDefinition,
): Criterion {
  return {
    ...about,
    conjunction,
    needsResponses: false,
    population: "units",
    exclusive: true,
    variances: "each",
    select: (input) => contrastsOf(input).conjunction(input.target, conjunction),
  };
}
