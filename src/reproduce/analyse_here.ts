import { analyseNetwork, type AnalyseOptions, type AnalysisSettings, type NetworkAnalysis } from "../inference/mod.ts";
import type { Recording } from "../recording/mod.ts";
import { AnalysisClock, type AnalysisSeconds } from "./analysis_clock.ts";

/** An analysis and how long its parts took, added up over threads. */
export interface TimedAnalysis {
  readonly analysis: NetworkAnalysis;
  readonly seconds: AnalysisSeconds;
}

/**
 * Analyses a recording in this thread.
 *
 * @throws {Error} as `analyseNetwork`.
 */
export async function analyseHere(
  recording: Recording,
  settings: AnalysisSettings,
  options: Omit<AnalyseOptions, "timeTests">,
): Promise<TimedAnalysis> {
  const clock = new AnalysisClock(), { timeTests } = clock;
  const { result, seconds } = await clock.time(() => analyseNetwork(recording, settings, { ...options, timeTests }));
  return { analysis: result, seconds };
}
