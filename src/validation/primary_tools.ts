import { type AnalysisSettings, type AnalysisTools, analysisTools } from "../inference/mod.ts";
import { type Measure, MEASURES } from "../measures/mod.ts";

/** The measures that claims are judged by. */
export const PRIMARY: readonly Measure[] = MEASURES.filter(({ primary }) => primary);

/** Settings and tools for the main criterion and the primary measures alone; nothing is permuted unless settings say so. */
export function primaryTools(
  settings: AnalysisSettings,
  conditions: readonly string[],
): { readonly settings: AnalysisSettings; readonly tools: AnalysisTools } {
  const few = { criteria: [], permutations: 0, ...settings };
  return { settings: few, tools: { ...analysisTools(few, conditions), measures: PRIMARY } };
}
