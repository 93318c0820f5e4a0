import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { type AnalysedNetwork, analysisTools, compareFamilies, judgeClaims } from "../inference/mod.ts";
import { openDevice } from "../devices/mod.ts";
import { type RecordedImage, RecordingStore } from "../recording/mod.ts";
import { readPageAssets, renderReport } from "../report/mod.ts";
import { anyRan, type NetworkResult, writeMeasuresTable, writeResults } from "../results/mod.ts";
import {
  assignBlocks,
  blockCount,
  PreparedImages,
  PreparedStore,
  type StimulusSet,
  THUMBNAIL,
} from "../stimuli/mod.ts";
import { cacheRoot, Store } from "../store/mod.ts";
import { AnalysisPool } from "./analysis_pool.ts";
import { analysisSettings } from "./analysis_settings.ts";
import { assembleResults } from "./assemble_results.ts";
import { checkLesions } from "./check_lesions.ts";
import { readLocks } from "./locks.ts";
import { openFileNetworks } from "./open_file_network.ts";
import type { ReproduceOptions, Reproduction } from "./options.ts";
import { openOutputDirectory, type OutputDirectory } from "./output_directory.ts";
import { planRun } from "./plan.ts";
import { planStimuli } from "./plan_stimuli.ts";
import { PhaseClock } from "./progress.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import { type NetworkRun, notRun, type RunContext, type StartedNetwork, startNetwork } from "./run_network.ts";
import { sameResults } from "./same_results.ts";
import { addressesOf, withoutSecrets } from "./without_secrets.ts";

function recordedImages(set: StimulusSet): { images: RecordedImage[]; blocks: number } {
  const sizes = set.conditions.map((name) => set.stimuli.filter(({ condition }) => condition === name).length);
  const blocks = blockCount(sizes);
  const assigned = assignBlocks(set.stimuli, blocks);
  const images = set.stimuli.map(({ id, condition, category }, index) => ({
    id,
    condition: set.conditions.indexOf(condition),
    category,
    block: assigned[index],
  }));
  return { images, blocks };
}

function openStore(options: ReproduceOptions): Store {
  return new Store(options.cache ?? cacheRoot({ env: process.env, platform: process.platform, home: homedir() }));
}

/** Runs every network, in order; analyses go on beside the recordings that follow. */
async function runAll(
  networks: readonly PlannedNetwork[],
  absent: string | null,
  context: RunContext,
): Promise<NetworkRun[]> {
  if (absent !== null) return networks.map((planned) => notRun(planned, `its images could not be had: ${absent}`));
  const started: StartedNetwork[] = [];
  let analysed = 0;
  try {
    for (const planned of networks) {
      const entry = await startNetwork(planned, context);
      started.push(entry);
      // A failure is told where all are awaited, below.
      entry.run.then(() => {
        analysed++;
      }, () => undefined);
    }
    const step = { phase: "analyse", label: "the last networks", total: networks.length, unit: "networks" } as const;
    context.onProgress({ ...step, done: analysed });
    return await Promise.all(started.map(async ({ run }) => {
      const result = await run;
      context.onProgress({ ...step, done: analysed });
      return result;
    }));
  } finally {
    // Interrupted, the others end too, and close their recordings.
    if (context.signal?.aborted) await Promise.allSettled(started.map(({ run }) => run));
  }
}

/**
 * Runs a study: shows its images to its networks, finds the selective units, measures and compares them, and writes
 * `<out>/<study>/<id>/` with `results.json`, `measures.csv` and `index.html`. Where it fails nothing is left there; what was
 * recorded by then is kept for the next run, unless `keep` is false.
 *
 * A network whose weights cannot be had or are refused is reported as not run, with the reason, and does not stop the rest; where the
 * images of a pinned set cannot be had, that is every network's reason. Where nothing ran there is `results.json` alone, with
 * the reasons, and no page.
 *
 * @throws {RequestError} where the request is wrong: an unknown study, device, network or criterion, unusable stimuli.
 * @throws {Error} where the run fails.
 */
export async function reproduce(options: ReproduceOptions = {}): Promise<Reproduction> {
  const startedAt = new Date();
  const clock = new PhaseClock(() => performance.now());
  const onProgress = options.onProgress ?? ((): void => {});
  const locks = await readLocks(options.root);
  const plan = planRun(options, locks);
  const store = openStore(options);
  // What can be wrong with a request is found before any image is opened.
  const stimuli = await planStimuli(plan.study, options, { locks, store, onProgress });
  const settings = analysisSettings(plan, stimuli, options);
  const tools = analysisTools(settings, stimuli.conditions, options);
  stimuli.notices.forEach((notice) => options.onNotice?.(notice));
  const device = await openDevice(options.device ?? "auto", { threads: options.threads });
  const pool = new AnalysisPool({ threads: options.threads, signal: options.signal });
  let out: OutputDirectory | null = null, recordings: RecordingStore | null = null;
  let prepared: PreparedImages | null = null;
  try {
    const planned = await openFileNetworks(plan.networks, { device, onNotice: options.onNotice });
    await checkLesions(planned, { plan, options, store, device, onProgress });
    onProgress({ phase: "stimuli", label: stimuli.name, done: 0, total: 1, unit: "sets" });
    const { set, absent } = await stimuli.open();
    onProgress({ phase: "stimuli", label: stimuli.name, done: 1, total: 1, unit: "sets" });
    set.notices?.slice(stimuli.notices.length).forEach((notice) => options.onNotice?.(notice));
    const { images, blocks } = recordedImages(set);
    recordings = options.keep === false
      ? null
      : new RecordingStore(join(store.root, "recordings"), { limitBytes: options.storeLimitBytes });
    prepared = new PreparedImages(set, {
      // The page's pictures among them, so that each image is decoded once.
      recipes: [...planned.map(({ preprocessing }) => preprocessing), THUMBNAIL],
      store: options.keep === false ? null : new PreparedStore(join(store.root, "images")),
      threads: options.threads,
      onNotice: options.onNotice,
      signal: options.signal,
    });
    out = await openOutputDirectory(options.out ?? "reports", plan.study.name);
    const context = {
      options,
      plan,
      device,
      set,
      images,
      blocks,
      prepared,
      settings,
      tools,
      store,
      recordings,
      pool,
      clock,
      onProgress,
      signal: options.signal,
      directory: out.staging,
    };
    const networks: NetworkResult[] = [];
    const analysed: AnalysedNetwork[] = [];
    let selfCheck = 0;
    const groups = { recorded: 0, found: 0 };
    let shown = 0;
    for (const run of await runAll(planned, absent, context)) {
      networks.push(run.result);
      if (run.analysed !== null) analysed.push(run.analysed);
      selfCheck = Math.max(selfCheck, run.selfCheck);
      groups.recorded += run.groups.recorded;
      groups.found += run.groups.found;
      shown += run.shown;
    }
    options.signal?.throwIfAborted();
    onProgress({ phase: "compare", label: plan.study.name, done: 0, total: 1, unit: "steps" });
    const compared = await clock.time("measures", () => compareFamilies(analysed, settings, tools));
    const claims = await clock.time("measures", () => judgeClaims(analysed, compared, { settings, tools }));
    onProgress({ phase: "compare", label: plan.study.name, done: 1, total: 1, unit: "steps" });
    onProgress({ phase: "report", label: plan.study.name, done: 0, total: 1, unit: "pages" });
    const assembled = await assembleResults({
      options,
      plan,
      locks,
      set,
      prepared,
      roles: stimuli.roles,
      pictures: absent === null,
      images,
      blocks,
      device,
      settings,
      tools,
      clock,
      startedAt,
      groups,
      shown,
      networks,
      ...compared,
      claims,
      selfCheck,
    });
    const results = withoutSecrets(assembled, {
      addresses: [options.mirror, ...addressesOf(process.env)],
      home: homedir(),
    });
    const written = await writeResults(join(out.staging, "results.json"), results);
    if (anyRan(written)) {
      await writeMeasuresTable(join(out.staging, "measures.csv"), written);
      await writeFile(join(out.staging, "index.html"), await renderReport(written, await readPageAssets()));
    }
    options.signal?.throwIfAborted();
    const directory = await out.publish(written.id, sameResults(written));
    onProgress({ phase: "report", label: plan.study.name, done: 1, total: 1, unit: "pages" });
    return { directory, results: written };
  } finally {
    await pool.close();
    await prepared?.close();
    await out?.discard();
    await recordings?.close();
    await device.close();
  }
}
