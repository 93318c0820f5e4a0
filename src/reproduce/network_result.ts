import type { NetworkAnalysis } from "../inference/mod.ts";
import type { NetworkResult } from "../results/mod.ts";
import type { NetworkDescription } from "./describe_network.ts";

/**
 * What results say of a network.
 *
 * @param analysis Null where it was not run.
 */
export function networkResult(
  described: NetworkDescription,
  analysis: Pick<NetworkAnalysis, "layers" | "consistency" | "measures"> | null,
): NetworkResult {
  const { layers, consistency, measures } = analysis ?? { layers: [], consistency: {}, measures: {} };
  return { ...described, layers, consistency, measures, inference: "network" };
}
