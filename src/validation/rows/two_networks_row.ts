import type { AnalysedNetwork } from "../../inference/mod.ts";
import { decide } from "../decide.ts";
import type { CalibrationRow } from "../row.ts";
import { Random } from "../../statistics/mod.ts";
import { AT_MOST_5_PERCENT } from "../rules.ts";
import { trainedNetwork, trainedTools, USUAL } from "../trained_network.ts";
import { CLAIMED, decidedFindings, outcomeOf } from "./_decisions.ts";

/** Two networks of the same units, which respond to the same images with noise of their own. */
export const TWO_NETWORKS_ROW: CalibrationRow = {
  id: "two-networks",
  scenario: "two networks with the same selective units, each with its own noise",
  claim: "“differs” is said in at most 5 % by every primary measure",
  through: "pipeline",
  simulations: 400,
  async simulate({ draw, quick }) {
    const tools = trainedTools({ draw, quick });
    const networks: AnalysedNetwork[] = [];
    for (const [family, supervision] of [["a", "vision"], ["b", "language"]] as const) {
      const images = new Random(draw, `noise ${family}`).integer(2 ** 31);
      const training = { family, supervision, seed: null, planted: USUAL, units: draw, images, quick };
      networks.push(await trainedNetwork(training, tools));
    }
    return outcomeOf(decide(networks, ["a", "b"], tools));
  },
  findings: (outcomes) => decidedFindings(outcomes, CLAIMED, AT_MOST_5_PERCENT),
};
