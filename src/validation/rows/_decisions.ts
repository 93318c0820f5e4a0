import type { Decisions } from "../decide.ts";
import { quantityOf, rateFinding } from "../findings.ts";
import { PRIMARY } from "../primary_tools.ts";
import type { Finding, Outcome } from "../row.ts";
import type { Rule } from "../rules.ts";

/** The properties that claims are about, each by its primary measure. */
export const CLAIMED: readonly string[] = PRIMARY.map(({ group }) => group);

const ANY_DECIDED = "any claim, corrected";
const ANY_EQUIVALENT = "any claim equivalent, corrected";

/** Decisions as the outcome of a simulation. */
export function outcomeOf({ own, anyDecided, anyEquivalent }: Decisions): Outcome {
  return {
    ...Object.fromEntries(
      Object.entries(own).flatMap(([group, { differs, equivalent, difference }]) => [
        [`${group} differs`, differs],
        [`${group} equivalent`, equivalent],
        [`${group} difference`, difference],
      ]),
    ),
    [ANY_DECIDED]: anyDecided,
    [ANY_EQUIVALENT]: anyEquivalent,
  };
}

/** How often each property of some is decided by itself. */
export function decidedFindings(
  outcomes: readonly Outcome[],
  groups: readonly string[],
  rule: Rule,
  what: "differs" | "equivalent" = "differs",
): Finding[] {
  return groups.map((group) => {
    const quantity = `${group} ${what}`;
    return rateFinding(quantity, quantityOf(outcomes, quantity), rule);
  });
}

/** How often any claim is decided after correction over all of them. */
export function anyFinding(
  outcomes: readonly Outcome[],
  rule: Rule,
  what: "decided" | "equivalent" = "decided",
): Finding {
  const quantity = what === "decided" ? ANY_DECIDED : ANY_EQUIVALENT;
  return rateFinding(quantity, quantityOf(outcomes, quantity), rule);
}
