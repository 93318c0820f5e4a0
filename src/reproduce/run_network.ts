import type { NetworkAnalysis } from "../analysis/mod.ts";
import type { Device } from "../devices/mod.ts";
import { type RecordedImage, type Recording, recordNetwork } from "../localizer/mod.ts";
import { type Network, selectTaps } from "../networks/mod.ts";
import type { AnalysisPool } from "./analysis_pool.ts";
import { timedAnalysis } from "./analysis_worker.ts";
import type { RunAnalysis } from "./assemble_results.ts";
import type { ImageCache } from "./image_cache.ts";
import type { Plan } from "./plan.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import type { OnProgress, PhaseClock } from "./progress.ts";

/** What every network of a run shares. */
export interface RunContext {
  readonly plan: Plan;
  readonly device: Device;
  readonly conditions: readonly string[];
  readonly images: readonly RecordedImage[];
  readonly cache: ImageCache;
  readonly analysis: RunAnalysis;
  /** Threads that analyse what is recorded. */
  readonly pool: AnalysisPool;
  readonly clock: PhaseClock;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal;
}

/**
 * Shows every image to a network and keeps what is recorded of it.
 *
 * @throws {Error} where an image or a response is not finite, or the self-check of the moments fails.
 */
export async function record(
  { id, preprocessing }: Pick<PlannedNetwork, "id" | "preprocessing">,
  network: Network,
  context: RunContext,
): Promise<Recording> {
  const { plan, device, conditions, images, cache, clock, onProgress, signal } = context;
  return await recordNetwork({
    network,
    taps: selectTaps(network, plan.taps),
    device,
    images,
    conditions,
    load: (index) => cache.load(index, preprocessing),
    sampledUnits: plan.sampledUnits,
    seed: plan.seed,
    onProgress: (done, total) => onProgress({ phase: "record", label: id, done, total, unit: "images" }),
    time: (phase, work) => clock.time(phase, work),
    signal,
  });
}

/** Analyses what was recorded of a network: in a thread, or here where the recording is too large to be copied. */
export async function analyse(id: string, recording: Recording, context: RunContext): Promise<NetworkAnalysis> {
  const { analysis: options, plan, pool, clock, onProgress, signal } = context;
  const { criterion: _criterion, criteria: _criteria, multiply, ...portable } = options;
  const { analysis, seconds } = pool.fits(recording)
    ? await pool.analyse(recording, { ...portable, criterionText: plan.criterionText })
    : await timedAnalysis(recording, {
      ...options,
      release: true,
      // Products are many, and each lets the signal in.
      multiply: multiply && ((...matrices) => {
        signal?.throwIfAborted();
        return multiply(...matrices);
      }),
      onProgress: (done, total) => onProgress({ phase: "analyse", label: id, done, total, unit: "steps" }),
    });
  // Threads work side by side, so these add up to more than the clock on the wall.
  clock.add("tests", seconds.tests);
  clock.add("measures", seconds.measures);
  return analysis;
}
