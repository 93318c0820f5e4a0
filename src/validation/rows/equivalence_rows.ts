import { compareDrawn, compareTrained } from "../compared_families.ts";
import { type ByGroup, DRAWN_VALUES } from "../drawn_network.ts";
import { PRIMARY } from "../primary_tools.ts";
import type { CalibrationRow } from "../row.ts";
import { AT_MOST_5_PERCENT, STATED } from "../rules.ts";
import { USUAL } from "../trained_network.ts";
import { anyFinding, CLAIMED, decidedFindings, outcomeOf } from "./_decisions.ts";

/** So small that families without a difference are often called equivalent. */
const COMPARED = { trainings: 6, spread: 0.03 } as const;

/** The usual numbers moved to the bound of equivalence of each measure. */
const AT_BOUND: Partial<ByGroup> = Object.fromEntries(
  PRIMARY.flatMap(({ group, smallest }) => {
    if (smallest === undefined) return [];
    const usual = DRAWN_VALUES[group];
    return [[group, smallest.scale === "ratio" ? usual * smallest.value : usual + smallest.value]];
  }),
);

/** Differences as large as the smallest effects of interest, and none. */
export const EQUIVALENCE_ROWS: readonly CalibrationRow[] = [
  {
    id: "equivalence-bound",
    scenario: "6 + 6 trainings, seed spread 3 %, every measure differs by exactly its smallest effect of interest",
    claim: "equivalent is said in at most 5 %",
    through: "estimates",
    simulations: 2000,
    simulate: ({ draw }) => Promise.resolve(outcomeOf(compareDrawn({ ...COMPARED, b: AT_BOUND }, draw))),
    findings: (outcomes) => [
      ...decidedFindings(outcomes, CLAIMED, AT_MOST_5_PERCENT, "equivalent"),
      anyFinding(outcomes, AT_MOST_5_PERCENT, "equivalent"),
    ],
  },
  {
    id: "equivalence-bound-pipeline",
    scenario: "6 + 6 trainings, seed spread 3 %, 1.25 times as many selective units in one family, d′ higher by 0.1",
    claim: "equivalent is said in at most 5 %",
    through: "pipeline",
    simulations: 400,
    simulate: async (context) => {
      const b = { selective: 1.25 * USUAL.selective, effect: USUAL.effect + 0.1 };
      return outcomeOf(await compareTrained({ ...COMPARED, b }, context));
    },
    findings: (outcomes) => decidedFindings(outcomes, ["quantity", "specificity"], AT_MOST_5_PERCENT, "equivalent"),
  },
  {
    id: "equivalence-none",
    scenario: "6 + 6 trainings, seed spread 3 %, no difference",
    claim: "how often equivalent is said where it is true, stated",
    through: "estimates",
    simulations: 1000,
    simulate: ({ draw }) => Promise.resolve(outcomeOf(compareDrawn(COMPARED, draw))),
    findings: (outcomes) => [
      ...decidedFindings(outcomes, CLAIMED, STATED, "equivalent"),
      anyFinding(outcomes, STATED, "equivalent"),
    ],
  },
];
