import { analysisTools } from "../../inference/mod.ts";
import { decide } from "../decide.ts";
import { PRIMARY } from "../primary_tools.ts";
import type { CalibrationRow, Finding, Outcome } from "../row.ts";
import { STATED } from "../rules.ts";
import { CLAIMED } from "./_decisions.ts";

/** The families of the mini study that were trained, one simulation each. */
const FAMILIES = ["mini-vision", "mini-attributes", "mini-lang", "mini-clip"];

/** All ways to cut six trainings into two halves: the first is always on the same side. */
function halvesOfSix(): (readonly number[])[] {
  const rest = [1, 2, 3, 4, 5];
  return rest.flatMap((i, at) => rest.slice(at + 1).map((j) => [0, i, j]));
}

/** How many of the halvings decide, of all families together. */
function counted(outcomes: readonly Outcome[]): Finding[] {
  const of = outcomes.length * halvesOfSix().length;
  return [...CLAIMED.map((group) => `${group} differs`), "any claim, corrected"].map((quantity) => {
    const count = outcomes.reduce((sum, outcome) => sum + (outcome[quantity] as number), 0);
    const value = of > 0 ? count / of : null;
    return { quantity, of, value, error: null, rule: STATED.text, verdict: "stated", note: `${count} of ${of}` };
  });
}

/** Real trainings of one family, as if half of them were of another one. */
export const HALVED_TRAININGS_ROW: CalibrationRow = {
  id: "trainings-halved",
  scenario: "the six trainings of each mini family cut into 3 + 3 in all 10 ways, on the drawn pictures",
  claim: "how many halvings decide, stated; they share trainings, so this is no rate",
  through: "trainings",
  simulations: FAMILIES.length,
  finite: true,
  async simulate({ index, trainings }) {
    const family = FAMILIES[index];
    if (trainings === undefined) throw new Error(`Cannot halve ${family}: its trainings were not given`);
    const networks = await trainings(family);
    const targets = Object.keys(networks[0].analysis.layers[0].categories);
    const settings = { targets, criteria: [] };
    const tools = { ...analysisTools(settings, targets), measures: PRIMARY };
    const counts = new Map<string, number>();
    const add = (quantity: string, yes: boolean | null): void => {
      counts.set(quantity, (counts.get(quantity) ?? 0) + (yes === true ? 1 : 0));
    };
    for (const half of halvesOfSix()) {
      const cut = networks.map((network, i) => ({ ...network, seed: null, family: half.includes(i) ? "a" : "b" }));
      const { own, anyDecided } = decide(cut, ["a", "b"], { settings, tools });
      for (const [group, { differs }] of Object.entries(own)) add(`${group} differs`, differs);
      add("any claim, corrected", anyDecided);
    }
    return Object.fromEntries(counts);
  },
  findings: counted,
};
