import { parentPort, workerData } from "node:worker_threads";
import { analyseNetwork, type AnalyseOptions, type AnalysisSettings, type NetworkAnalysis } from "../inference/mod.ts";
import { openRecording, type Recording } from "../recording/mod.ts";

/** This module's own address, for whoever starts it in a thread. */
export const ANALYSIS_WORKER: string = import.meta.url;

/** What marks a thread as one of these. */
export const ANALYSIS_ROLE = "fusiform analysis";

/** What a thread is asked: plain data alone. */
export interface AnalysisRequest {
  /** The file of the recording; it was verified by whoever asks. */
  readonly path: string;
  readonly settings: AnalysisSettings;
}

/** An analysis and how long it took. */
export interface TimedAnalysis {
  readonly analysis: NetworkAnalysis;
  /** Spent on tests and corrections, and on everything else. */
  readonly seconds: { readonly tests: number; readonly measures: number };
}

/** What a thread answers: how far it is, then the end. */
export type AnalysisAnswer =
  | { readonly done: number; readonly total: number }
  | TimedAnalysis
  | { readonly error: string };

/** Analyses a recording and says how long its parts took. */
export async function timedAnalysis(
  recording: Recording,
  settings: AnalysisSettings,
  options: AnalyseOptions,
): Promise<TimedAnalysis> {
  let tests = 0;
  const started = performance.now();
  const analysis = await analyseNetwork(recording, settings, {
    ...options,
    timeTests(work) {
      const before = performance.now();
      const result = work();
      tests += (performance.now() - before) / 1000;
      return result;
    },
  });
  return { analysis, seconds: { tests, measures: (performance.now() - started) / 1000 - tests } };
}

if (parentPort !== null && workerData === ANALYSIS_ROLE) {
  const port = parentPort;
  port.on("message", async ({ path, settings }: AnalysisRequest) => {
    const answer = (message: AnalysisAnswer): void => port.postMessage(message);
    try {
      const recording = await openRecording(path, { verify: false });
      try {
        answer(await timedAnalysis(recording, settings, { onProgress: (done, total) => answer({ done, total }) }));
      } finally {
        await recording.close();
      }
    } catch (error) {
      answer({ error: error instanceof Error ? error.message : String(error) });
    }
  });
}
