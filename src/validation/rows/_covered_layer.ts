import { analyseNetwork, type AnalysisSettings, estimateOf, getCell } from "../../inference/mod.ts";
import type { Recording } from "../../recording/mod.ts";
import { coverageFinding, quantityOf } from "../findings.ts";
import { PRIMARY, primaryTools } from "../primary_tools.ts";
import type { Finding, Observed, Outcome } from "../row.ts";

const OF_LAYERS = PRIMARY.filter(({ kind }) => kind !== "network");

/** The estimates of every primary measure of a recording's first layer, for the first target, with their intervals. */
export async function observeLayer(recording: Recording, settings: AnalysisSettings): Promise<Outcome> {
  const { conditions } = recording.header;
  const own = primaryTools({ comparedSplits: 1, comparedImages: 3, placements: 100, ...settings }, conditions);
  const { numbers } = await analyseNetwork(recording, own.settings, { tools: own.tools });
  return Object.fromEntries(OF_LAYERS.map((measure): [string, Observed] => {
    const cell = getCell(numbers.layers[0], [own.tools.criteria[0].name, settings.targets[0], measure.name]);
    // An excess may be negative where the measure itself may not.
    const range = measure.kind === "placement" ? [null, null] as const : measure.range;
    const { value, interval } = estimateOf(cell, { ...measure, range }, 0.95);
    return [measure.name, { value, interval }];
  }));
}

/** The coverage of every primary measure of layers. */
export function coverageOfMeasures(outcomes: readonly Outcome[]): Finding[] {
  return OF_LAYERS.map(({ name }) => coverageFinding(name, quantityOf<Observed>(outcomes, name)));
}
