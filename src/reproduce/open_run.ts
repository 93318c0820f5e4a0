import { homedir } from "node:os";
import process from "node:process";
import { join } from "node:path";
import { type AnalysisTools, analysisTools } from "../inference/mod.ts";
import type { AnalysisSettings } from "../inference/mod.ts";
import { type RecordedImage, recordedImages } from "../recording/mod.ts";
import { PreparedImages, PreparedStore, type Resizing, type StimulusSet } from "../stimuli/mod.ts";
import { cacheRoot, Store } from "../store/mod.ts";
import { analysisSettings } from "./analysis_settings.ts";
import type { Locks } from "./locks.ts";
import { readLocks } from "./read_locks.ts";
import type { ReproduceOptions } from "./options.ts";
import { type Plan, planRun } from "./plan.ts";
import { planStimuli } from "./plan_stimuli.ts";
import type { OpenedStimuli, PlannedStimuli } from "./planned_stimuli.ts";
import type { OnProgress, Progress } from "./progress.ts";

/** A run whose request is checked, before any image or network is opened. */
export interface OpenedRun {
  readonly locks: Locks;
  readonly plan: Plan;
  readonly store: Store;
  readonly stimuli: PlannedStimuli;
  readonly settings: AnalysisSettings;
  readonly tools: AnalysisTools;
  readonly onProgress: OnProgress;
}

/**
 * Checks a request and opens what it needs first.
 *
 * @param planOf Plans the run. @default `planRun`
 * @throws {RequestError} where the request is wrong.
 */
export async function openRun(
  options: ReproduceOptions,
  planOf: (options: ReproduceOptions, locks: Locks) => Plan | Promise<Plan> = planRun,
): Promise<OpenedRun> {
  const onProgress = options.onProgress ?? ((): void => {});
  const locks = await readLocks(options.root);
  const plan = await planOf(options, locks);
  const store = new Store(
    options.cache ?? cacheRoot({ env: process.env, platform: process.platform, home: homedir() }),
  );
  // What can be wrong with a request is found before any image is opened.
  const stimuli = await planStimuli(plan.study, options, { locks, store, onProgress });
  const settings = analysisSettings(plan, stimuli, options);
  const tools = analysisTools(settings, stimuli.conditions, options);
  stimuli.notices.forEach((notice) => options.onNotice?.(notice));
  onProgress(opening(plan, 0));
  return { locks, plan, store, stimuli, settings, tools, onProgress };
}

/** The device and the networks of files are opened between a request and its images. */
function opening({ study }: Plan, done: 0 | 1): Progress {
  return { phase: "open", label: study.name, done, total: 1, unit: "studies" };
}

/** Opens the images of a run. */
export async function openImages(
  { plan, stimuli, onProgress }: OpenedRun,
  { onNotice }: ReproduceOptions,
): Promise<OpenedStimuli & { readonly images: RecordedImage[]; readonly blocks: number }> {
  onProgress(opening(plan, 1));
  onProgress({ phase: "stimuli", label: stimuli.name, done: 0, total: 1, unit: "sets" });
  const opened = await stimuli.open();
  onProgress({ phase: "stimuli", label: stimuli.name, done: 1, total: 1, unit: "sets" });
  opened.set.notices?.slice(stimuli.notices.length).forEach((notice) => onNotice?.(notice));
  return { ...opened, ...recordedImages(opened.set) };
}

/** The images of a run as networks want them, in these recipes. */
export function prepareImages(
  set: StimulusSet,
  recipes: readonly Resizing[],
  { store, options }: { readonly store: Store; readonly options: ReproduceOptions },
): PreparedImages {
  return new PreparedImages(set, {
    recipes,
    store: options.keep === false ? null : new PreparedStore(join(store.root, "images")),
    threads: options.threads,
    onNotice: options.onNotice,
    signal: options.signal,
  });
}
