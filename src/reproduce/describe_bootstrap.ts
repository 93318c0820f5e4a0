import { type AnalysisOptions, describeIntervals, resolveOptions } from "../analysis/mod.ts";
import type { Results } from "../results/mod.ts";

/**
 * How intervals were made, as it stands in results.json.
 *
 * @param analysis The options of the analysis, whose own level and replicates these are.
 */
export function describeBootstrap(analysis: AnalysisOptions): Results["settings"]["bootstrap"] {
  const { replicates, level } = resolveOptions(analysis);
  return { replicates, method: "centred percentile", level, description: describeIntervals(analysis) };
}
