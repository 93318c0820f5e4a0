import { type AnalysedNetwork, analyseNetwork, type AnalysisSettings } from "../../src/inference/mod.ts";
import type { ComparisonResult, Supervision } from "../../src/results/mod.ts";
import type { SyntheticLayer } from "../../src/validation/mod.ts";
import { asNetwork, FEW, made, toolsOf } from "./made.ts";

export const SETTINGS: AnalysisSettings = { ...FEW, criteria: ["topk", "ranksum"] };

/** The main criterion. */
export const MAIN = toolsOf(SETTINGS).criteria[0].name;

/** Two layers in which selectivity has a strength, and a share of the units that grows with depth. */
function layers(selective: number, effect: number, clustered: number): SyntheticLayer[] {
  return [
    { name: "first", shape: [12, 6, 6], selective: selective / 2, effect, clustered },
    { name: "second", shape: [12, 6, 6], selective, effect, clustered },
  ];
}

/** Image-only networks have few strongly selective, clustered units; those that learned from language many weak ones. */
const PLANTED: Record<string, { readonly supervision: Supervision; readonly layers: SyntheticLayer[] }> = {
  image: { supervision: "vision", layers: layers(0.05, 3, 0.9) },
  text: { supervision: "language", layers: layers(0.16, 2.2, 0) },
  both: { supervision: "contrastive", layers: layers(0.13, 2.3, 0) },
  naive: { supervision: "untrained", layers: layers(0, 0, 0) },
};

const known: Map<string, Promise<AnalysedNetwork>> = new Map();

/** A network of a family; analysed once. */
export function network(family: string, seed = 1): Promise<AnalysedNetwork> {
  const key = `${family} ${seed}`;
  let own = known.get(key);
  if (own === undefined) {
    const { supervision, layers } = PLANTED[family];
    const { recording } = made({ seed: seed + 10 * Object.keys(PLANTED).indexOf(family), imageSeed: 1, layers });
    own = analyseNetwork(recording, SETTINGS).then((analysis) => asNetwork(family, supervision, analysis, seed));
    known.set(key, own);
  }
  return own;
}

/** A family of three trainings. */
export function trainings(family: string): Promise<AnalysedNetwork[]> {
  return Promise.all([1, 2, 3].map((seed) => network(family, seed)));
}

/** The row averaged over depth of a measure under a criterion, over all categories and as selected. */
export function overall(
  rows: readonly ComparisonResult[],
  measure: string,
  { b = "text", criterion = MAIN } = {},
): ComparisonResult {
  return rows.find((each) =>
    each.measure === measure && each.b === b && each.category === "all" && each.depth === null && !each.matched &&
    each.criterion === criterion
  )!;
}
