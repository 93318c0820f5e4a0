import {
  type AnalysedNetwork,
  analyseNetwork,
  type AnalysisSettings,
  analysisTools,
  compareFamilies,
  type Comparisons,
} from "../inference/mod.ts";
import type { OpenNetwork } from "./open_network.ts";
import type { OpenStimuli } from "./open_stimuli.ts";
import { record } from "./record.ts";

/**
 * Compares networks on the same images, measure by measure: families of trainings where several share a family, as
 * {@linkcode reproduce} does.
 *
 * @param settings What is not the default.
 * @returns The pairs of families, and a row a pair, measure, criterion, category and layer.
 * @throws {RangeError} where a setting is out of range.
 * @throws {Error} where an image cannot be decoded or a response is not finite.
 *
 * @example
 * ```ts
 * import { compare, openNetwork, openStimuli } from "./mod.ts";
 *
 * const open = (id: string) => openNetwork(id, { layers: ["layer4"], device: "cpu" });
 * const networks = await Promise.all(["mini-vision-s0", "mini-clip-s0"].map(open));
 * const { comparisons } = await compare(networks, await openStimuli("procedural", { limit: 2 }), { fast: true });
 * for (const network of networks) await network.close();
 * ```
 */
export async function compare(
  networks: readonly OpenNetwork[],
  stimuli: OpenStimuli,
  settings: Partial<AnalysisSettings> = {},
): Promise<Comparisons> {
  const resolved: AnalysisSettings = { targets: stimuli.targets, derived: stimuli.derived, ...settings };
  const tools = analysisTools(resolved, stimuli.conditions);
  const analysed: AnalysedNetwork[] = [];
  for (const network of networks) {
    const { family, supervision, seed } = network;
    const analysis = await analyseNetwork(await record(network, stimuli), resolved, { tools });
    analysed.push({ family, supervision, seed, analysis });
  }
  return compareFamilies(analysed, resolved, tools);
}
