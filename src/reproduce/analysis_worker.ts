import { parentPort, workerData } from "node:worker_threads";
import {
  analyseNetwork,
  type AnalysisOptions,
  type NetworkAnalysis,
  type PortableAnalysis,
  toPortable,
} from "../analysis/mod.ts";
import { createMatrixMultiply, type DeviceName, openDevice } from "../devices/mod.ts";
import type { Recording } from "../localizer/mod.ts";
import { chooseCriteria } from "./plan.ts";

/** This module's own address, for whoever starts it in a thread. */
export const ANALYSIS_WORKER: string = import.meta.url;

/** What a thread is started with. */
export interface AnalysisRole {
  /** Marks the thread as one of these. */
  readonly role: "fusiform analysis";
  /** Where the run's networks run. */
  readonly device: DeviceName;
}

/** Options of an analysis as plain data: criteria are functions, so they travel by name. */
export interface PortableOptions
  extends Omit<AnalysisOptions, "criterion" | "criteria" | "multiply" | "onProgress" | "timeTests"> {
  /** A preset's name or an expression. */
  readonly criterionText: string;
}

/** What a thread is asked. */
export interface AnalysisRequest {
  readonly recording: Recording;
  readonly options: PortableOptions;
}

/** Seconds that an analysis spent on tests and corrections, and on everything else. */
export interface AnalysisSeconds {
  readonly tests: number;
  readonly measures: number;
}

/** What a thread answers. */
export type AnalysisAnswer =
  | { readonly analysis: PortableAnalysis; readonly seconds: AnalysisSeconds }
  | { readonly error: string };

/** One thread's own matrix product: native only where the run is, since a run on another device does not load that build. */
async function openMultiply(device: DeviceName): Promise<AnalysisOptions["multiply"]> {
  return await createMatrixMultiply(await openDevice(device === "cpu" ? "cpu" : "wasm", { threads: 1 }));
}

/** Analyses a recording and says how long its parts took. */
export async function timedAnalysis(
  recording: Recording,
  options: AnalysisOptions,
): Promise<{ analysis: NetworkAnalysis; seconds: AnalysisSeconds }> {
  let tests = 0;
  const started = performance.now();
  const analysis = await analyseNetwork(recording, {
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

async function answer(
  { recording, options }: AnalysisRequest,
  multiply: Promise<AnalysisOptions["multiply"]>,
): Promise<AnalysisAnswer> {
  try {
    const { main, all } = chooseCriteria(options.criterionText, recording.conditions);
    const { analysis, seconds } = await timedAnalysis(recording, {
      ...options,
      criterion: main,
      criteria: all,
      multiply: await multiply,
    });
    return { analysis: toPortable(analysis), seconds };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function isRole(data: unknown): data is AnalysisRole {
  return data !== null && typeof data === "object" && "role" in data && data.role === "fusiform analysis";
}

if (parentPort !== null && isRole(workerData)) {
  const port = parentPort;
  const multiply = openMultiply(workerData.device);
  // A failure is told by the answer to each request.
  multiply.catch(() => undefined);
  port.on("message", async (request: AnalysisRequest) => {
    port.postMessage(await answer(request, multiply));
  });
}
