import { parentPort, workerData } from "node:worker_threads";
import {
  type AnalysedLayer,
  type AnalysisSettings,
  NetworkAnalyser,
  type NetworkAnalysis,
  PlacementNulls,
} from "../inference/mod.ts";
import { AnalysisClock, type AnalysisSeconds } from "./analysis_clock.ts";
import { pack, type Packed, unpack } from "./packed.ts";
import { openRecording, type Recording } from "../recording/mod.ts";

/** This module's own address, for whoever starts it in a thread. */
export const ANALYSIS_WORKER: string = import.meta.url;

/** What marks a thread as one of these. */
export const ANALYSIS_ROLE = "fusiform analysis";

/** Which recording is analysed, and how: plain data alone. */
export interface AnalysisTask {
  /** The file of the recording; it was verified by whoever asks. */
  readonly path: string;
  readonly settings: AnalysisSettings;
}

/** What a thread is asked: a layer by its index, or the whole network by its layers, as threads gave them. */
export type AnalysisRequest =
  & AnalysisTask
  & ({ readonly layer: number } | { readonly layers: readonly Packed<AnalysedLayer>[] });

/** What a thread answers. */
export type AnalysisAnswer =
  | { readonly layer: Packed<AnalysedLayer>; readonly seconds: AnalysisSeconds }
  | { readonly analysis: Packed<NetworkAnalysis>; readonly seconds: AnalysisSeconds }
  | { readonly error: string };

/**
 * Answers requests one after the other. What the layers of a recording share is kept from one to the next, and random
 * placements from one recording to the next.
 */
class Analyst {
  readonly #clock = new AnalysisClock();
  readonly #nulls = new PlacementNulls();
  #known: { readonly key: string; readonly analyser: NetworkAnalyser } | undefined;

  async answer(request: AnalysisRequest): Promise<AnalysisAnswer> {
    try {
      const recording = await openRecording(request.path, { verify: false });
      try {
        const analyser = this.#analyserOf(request, recording);
        if ("layers" in request) {
          const { result, seconds } = await this.#clock.time(() => analyser.whole(request.layers.map(unpack)));
          return { analysis: pack(result), seconds };
        }
        const { result, seconds } = await this.#clock.time(async () => {
          const layer = await recording.readLayer(request.layer);
          try {
            return analyser.layer(layer);
          } finally {
            layer.release?.();
          }
        });
        return { layer: pack(result), seconds };
      } finally {
        await recording.close();
      }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  #analyserOf({ path, settings }: AnalysisTask, { header }: Recording): NetworkAnalyser {
    const key = JSON.stringify([path, settings]);
    if (this.#known?.key !== key) {
      this.#known = {
        key,
        analyser: new NetworkAnalyser(header, settings, { nulls: this.#nulls, timeTests: this.#clock.timeTests }),
      };
    }
    return this.#known.analyser;
  }
}

if (parentPort !== null && workerData === ANALYSIS_ROLE) {
  const port = parentPort;
  const analyst = new Analyst();
  port.on("message", async (request: AnalysisRequest) => {
    const answer = await analyst.answer(request);
    port.postMessage(answer, "error" in answer ? [] : ["layer" in answer ? answer.layer : answer.analysis]);
  });
}
