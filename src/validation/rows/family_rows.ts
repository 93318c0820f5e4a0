import { type ComparedFamilies, compareDrawn, compareTrained } from "../compared_families.ts";
import { DRAWN_VALUES } from "../drawn_network.ts";
import type { CalibrationRow, Finding, Outcome } from "../row.ts";
import { AT_MOST_5_PERCENT, STATED } from "../rules.ts";
import { USUAL } from "../trained_network.ts";
import { anyFinding, CLAIMED, decidedFindings, outcomeOf } from "./_decisions.ts";

const NONE_DECIDED = "each claim is decided in at most 5 %, and any claim after correction";
const POWER = "power, stated";

const noneDecided = (outcomes: readonly Outcome[]): Finding[] => [
  ...decidedFindings(outcomes, CLAIMED, AT_MOST_5_PERCENT),
  anyFinding(outcomes, AT_MOST_5_PERCENT),
];

const stated = (groups: readonly string[]) => (outcomes: readonly Outcome[]): Finding[] => [
  ...decidedFindings(outcomes, groups, STATED),
  anyFinding(outcomes, STATED),
];

/** Families between which nothing differs. */
const EQUAL: readonly (ComparedFamilies & { readonly id: string; readonly words: string })[] = [
  { id: "families-equal", words: "6 + 6 trainings", trainings: 6, spread: 0.2 },
  { id: "few-unpaired", words: "3 + 3 trainings, unpaired", trainings: 3, spread: 0.2 },
  { id: "few-paired", words: "3 + 3 trainings, paired by seed", trainings: 3, spread: 0.2, paired: true },
];

const EQUAL_ROWS = EQUAL.flatMap(({ id, words, ...compared }): CalibrationRow[] => {
  const shared = { scenario: `${words}, no difference, seed spread 20 %`, claim: NONE_DECIDED, findings: noneDecided };
  return [
    {
      ...shared,
      id,
      through: "estimates",
      simulations: 2000,
      simulate: ({ draw }) => Promise.resolve(outcomeOf(compareDrawn(compared, draw))),
    },
    {
      ...shared,
      id: `${id}-pipeline`,
      through: "pipeline",
      simulations: 400,
      simulate: async (context) => outcomeOf(await compareTrained(compared, context)),
    },
  ];
});

/** What specificity, strength and consistency must not follow. */
const UNMOVED = ["specificity", "strength", "consistency"];

const DOUBLED_ROW: CalibrationRow = {
  id: "prevalence-doubled",
  scenario:
    "6 + 6 trainings, seed spread 10 %: in one family twice as many selective units of the same effect, and responses " +
    "three times as large",
  claim: "specificity, strength and consistency are decided in at most 5 %",
  through: "pipeline",
  simulations: 400,
  simulate: async (context) => {
    const b = { selective: 2 * USUAL.selective };
    return outcomeOf(await compareTrained({ trainings: 6, spread: 0.1, b, gain: 3 }, context));
  },
  findings: (outcomes) => decidedFindings(outcomes, UNMOVED, AT_MOST_5_PERCENT),
};

const POWERED = { trainings: 6, spread: 0.1 } as const;
const POWER_SCENARIO =
  "6 + 6 trainings, seed spread 10 %: in one family 1.5 times as many selective units, d′ lower by 0.3";

const POWER_ROWS: readonly CalibrationRow[] = [
  {
    id: "power",
    scenario: POWER_SCENARIO,
    claim: POWER,
    through: "estimates",
    simulations: 1000,
    simulate({ draw }) {
      const b = { quantity: 1.5 * DRAWN_VALUES.quantity, specificity: DRAWN_VALUES.specificity - 0.3 };
      return Promise.resolve(outcomeOf(compareDrawn({ ...POWERED, b }, draw)));
    },
    findings: stated(["quantity", "specificity"]),
  },
  {
    id: "power-pipeline",
    scenario: POWER_SCENARIO,
    claim: POWER,
    through: "pipeline",
    simulations: 100,
    simulate: async (context) => {
      const b = { selective: 1.5 * USUAL.selective, effect: USUAL.effect - 0.3 };
      return outcomeOf(await compareTrained({ ...POWERED, b }, context));
    },
    findings: stated(["quantity", "specificity", "strength"]),
  },
];

/** Families of six and of three trainings, with and without a difference. */
export const FAMILY_ROWS: readonly CalibrationRow[] = [...EQUAL_ROWS, DOUBLED_ROW, ...POWER_ROWS];
