import { join } from "node:path";
import type { AnalysedNetwork, AnalysisSettings, AnalysisTools, PlacementNulls } from "../inference/mod.ts";
import { StoreFullError } from "../errors.ts";
import { lesionLayers, lesionNetwork } from "../lesions/mod.ts";
import type { Network } from "../networks/mod.ts";
import {
  groupsOf,
  type MadeRecording,
  recordingKey,
  type RecordingStore,
  recordNetwork,
  recordTemporarily,
} from "../recording/mod.ts";
import type { LesionResult, NetworkResult } from "../results/mod.ts";
import type { Store } from "../store/mod.ts";
import { analyseHere } from "./analyse_here.ts";
import type { AnalysisPool } from "./analysis_pool.ts";
import type { WeightsFound } from "./describe_network.ts";
import { fileNames } from "./file_names.ts";
import { networkResult } from "./network_result.ts";
import type { OpenedNetwork } from "./opened_network.ts";
import type { ReproduceOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import { recordingRequest, type RequestContext } from "./recording_request.ts";
import { writeUnits } from "./write_units.ts";

/** What every network of a run shares. */
export interface RunContext extends RequestContext {
  readonly options: ReproduceOptions;
  readonly plan: Plan;
  readonly settings: AnalysisSettings;
  readonly tools: AnalysisTools;
  readonly store: Store;
  /** Null where recordings are not kept. */
  readonly recordings: RecordingStore | null;
  /** Threads that analyse what is recorded. */
  readonly pool: AnalysisPool;
  /** Random placements of networks that are analysed in this thread. */
  readonly nulls: PlacementNulls;
  /** Where the run's files are written. */
  readonly directory: string;
}

/** What became of one network of a run. */
export interface NetworkRun {
  readonly result: NetworkResult;
  /** Null where it was not run; `result.reason` says why. */
  readonly analysed: AnalysedNetwork | null;
  /** Worst relative error of its streamed moments. */
  readonly selfCheck: number;
  /** Groups of images recorded in this run, and found in a recording of an earlier one. */
  readonly groups: MadeRecording["groups"];
  /** Images that were shown to it in this run. */
  readonly shown: number;
}

/** The result of a network that was not run. */
export function notRun(planned: PlannedNetwork, reason: string): NetworkRun {
  return {
    result: networkResult(planned.describe(null, reason), null),
    analysed: null,
    selfCheck: 0,
    groups: { recorded: 0, found: 0 },
    shown: 0,
  };
}

/** What opening and recording a network needs of a run. */
export type RecordContext = RequestContext & Pick<RunContext, "options" | "plan" | "store">;

/**
 * Shows every image to a network and keeps what is recorded of it; finds what an earlier run recorded, and continues what one
 * left unfinished.
 *
 * @throws {Error} where an image or a response is not finite, or the self-check of the moments fails.
 */
async function record(planned: PlannedNetwork, opened: OpenedNetwork, context: RunContext): Promise<MadeRecording> {
  const { recordings } = context;
  const request = recordingRequest(planned, opened, context);
  return recordings === null ? await recordTemporarily(request) : await recordNetwork({ ...request, to: recordings });
}

/** Lesions the selective units of the layers that the study names; undefined where it names none. */
async function lesion(
  planned: PlannedNetwork,
  { network, recording }: { readonly network: Network; readonly recording: MadeRecording },
  context: RunContext,
): Promise<LesionResult[] | undefined> {
  const { plan, device, prepared, clock, settings, tools, recordings, onProgress, signal } = context;
  if (plan.study.lesions === undefined) return undefined;
  const found: LesionResult[] = [];
  for (const layer of lesionLayers(network, recording.header.layers, plan.study.lesions)) {
    const label = `${planned.id}, ${layer}`;
    const result = await clock.time("lesions", () =>
      lesionNetwork({
        network,
        device,
        recording,
        layer,
        targets: settings.targets,
        derived: settings.derived,
        criterion: tools.criteria[0],
        seed: settings.seed,
        load: (index) => prepared.load(index, planned.preprocessing),
        folder: recordings?.root,
        label: `${label}, lesions`,
        onProgress: (done, total) => onProgress({ phase: "lesion", label, done, total, unit: "images" }),
        signal,
      }));
    found.push(result);
  }
  return found;
}

/** Opens a network, and shows how much of its weights has come. */
export async function openPlanned(
  planned: PlannedNetwork,
  { options, store, device, onProgress }: RecordContext,
): Promise<OpenedNetwork> {
  return await planned.open({
    options,
    store,
    device,
    onFetch: ({ receivedBytes, totalBytes }) =>
      onProgress({
        phase: "fetch",
        label: planned.id,
        done: receivedBytes,
        total: totalBytes ?? receivedBytes,
        unit: "bytes",
      }),
  });
}

/** Opened, recorded and lesioned by itself, so that the network's weights are gone when the analysis needs the memory. */
async function openAndRecord(
  planned: PlannedNetwork,
  context: RunContext,
): Promise<{ recording: MadeRecording; found: WeightsFound; lesions: LesionResult[] | undefined }> {
  const { plan, recordings } = context;
  const { recorded } = planned;
  const needed = recorded === undefined || plan.study.lesions !== undefined;
  const opened = needed ? await openPlanned(planned, context) : null;
  const recording = recorded === undefined ? await record(planned, opened!, context) : await recorded.open();
  try {
    const lesions = opened === null
      ? undefined
      : await lesion(planned, { network: opened.network, recording }, context);
    return { recording, found: recorded?.found ?? opened!.found, lesions };
  } catch (error) {
    await recording.close();
    await recordings?.release(recordingKey(recording.header));
    throw error;
  }
}

async function analyse(
  { id }: PlannedNetwork,
  recording: MadeRecording,
  context: RunContext,
): Promise<AnalysedNetwork["analysis"]> {
  const { options, settings, tools, pool, nulls, clock, onProgress, signal } = context;
  const step = (done: number, total: number): void =>
    onProgress({ phase: "analyse", label: id, done, total, unit: "layers" });
  // Criteria and measures of the caller's own are functions, which do not cross threads.
  const own = options.criteria !== undefined || options.measures !== undefined || recording.path === null;
  const { analysis, seconds } = own
    ? await analyseHere(recording, settings, { tools, nulls, onProgress: step, signal })
    : await pool.analyse({ path: recording.path!, settings }, recording.header, step);
  // Threads work side by side, so these add up to more than the clock on the wall.
  clock.add("tests", seconds.tests);
  clock.add("measures", seconds.measures);
  return analysis;
}

async function writeTables(
  { id, family }: PlannedNetwork,
  recording: MadeRecording,
  context: RunContext,
): Promise<void> {
  const { options: { units = "none" }, directory, settings, tools, clock, onProgress } = context;
  if (units === "none") return;
  const [name] = fileNames([id]);
  const step = { phase: "report", label: `${id}, tables`, total: 1, unit: "files" } as const;
  onProgress({ ...step, done: 0 });
  await clock.time("report", () =>
    writeUnits(join(directory, "units"), {
      network: name,
      family,
      recording,
      criterion: tools.criteria[0],
      targets: settings.targets,
      derived: settings.derived,
      fixedThreshold: settings.fixedThreshold,
      seed: settings.seed,
      which: units,
    }));
  onProgress({ ...step, done: 1 });
}

/** A network that was recorded; its analysis goes on while the next one is recorded. */
export interface StartedNetwork {
  readonly run: Promise<NetworkRun>;
}

/**
 * Records one network and starts its analysis. Whatever keeps it from running becomes its reason, so that the rest goes on.
 *
 * @returns A promise of the run, which rejects only with what the signal was aborted with.
 * @throws what the signal was aborted with.
 * @throws {StoreFullError} where the store of recordings is too small.
 * @throws {Error} where its tables cannot be written.
 */
export async function startNetwork(planned: PlannedNetwork, context: RunContext): Promise<StartedNetwork> {
  const failed = (error: unknown): NetworkRun => {
    context.signal?.throwIfAborted();
    if (error instanceof StoreFullError) throw error;
    return notRun(planned, error instanceof Error ? error.message : String(error));
  };
  await context.pool.ready();
  let recorded: Awaited<ReturnType<typeof openAndRecord>>;
  try {
    recorded = await openAndRecord(planned, context);
  } catch (error) {
    return { run: Promise.resolve(failed(error)) };
  }
  const { recording, found, lesions } = recorded;
  const close = async (): Promise<void> => {
    await recording.close();
    await context.recordings?.release(recordingKey(recording.header));
  };
  try {
    await writeTables(planned, recording, context);
  } catch (error) {
    await close();
    throw error;
  }
  const described = planned.describe(found, null);
  const { family, supervision, seed } = described;
  const run = analyse(planned, recording, context).then((analysis): NetworkRun => ({
    result: { ...networkResult(described, analysis), ...(lesions === undefined ? {} : { lesions }) },
    analysed: { family, supervision, seed, analysis },
    selfCheck: recording.selfCheck,
    groups: recording.groups,
    // Groups are recorded in this order, after those that were found.
    shown: groupsOf(context.images).slice(recording.groups.found).flatMap(({ images }) => images).length,
  })).catch(failed).finally(close);
  return { run };
}
