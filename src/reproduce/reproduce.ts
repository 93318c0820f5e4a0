import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { type AnalysedNetwork, PlacementNulls } from "../inference/mod.ts";
import { type Device, openDevice } from "../devices/mod.ts";
import { RecordingStore } from "../recording/mod.ts";
import {
  anyRan,
  type NetworkResult,
  roundNumbers,
  serializeSelected,
  writeAtomically,
  writeMeasuresTable,
  writeResults,
} from "../results/mod.ts";
import { type PreparedImages, type StimulusSet, THUMBNAIL } from "../stimuli/mod.ts";
import { AnalysisPool } from "./analysis_pool.ts";
import { assembleResults } from "./assemble_results.ts";
import { checkLesions } from "./check_lesions.ts";
import { openFileNetworks } from "./open_file_network.ts";
import { openImages, openRun, prepareImages } from "./open_run.ts";
import type { ReproduceOptions, Reproduction } from "./options.ts";
import { compareNetworks } from "./compare_networks.ts";
import { openOutputDirectory, type OutputDirectory } from "./output_directory.ts";
import type { Locks } from "./locks.ts";
import type { Plan } from "./plan.ts";
import { describePlace } from "./provenance.ts";
import { PhaseClock } from "./progress.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import { type NetworkRun, notRun, type RunContext, type StartedNetwork, startNetwork } from "./run_network.ts";
import { sameResults } from "./same_results.ts";
import { selectedOf } from "./selected_of.ts";
import { addressesOf, withoutSecrets } from "./without_secrets.ts";

/** What stands in for running the networks of a run. */
export interface RecordedRun {
  /** Plans the run; every one of its networks has `recorded`, or opens with the reason for which it was not run. */
  plan(options: ReproduceOptions, locks: Locks): Promise<Plan>;
  /** What the networks ran on. */
  readonly device: Device;
  /** @throws {RequestError} where the images are not those that were shown. */
  check(set: StimulusSet): void;
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
 * `<out>/<study>/<id>/` with `results.json`, `measures.csv`, `selected.json` and `index.html`. Where it fails nothing is left
 * there; what was recorded by then is kept for the next run, unless `keep` is false.
 *
 * A network whose weights cannot be had or are refused is reported as not run, with the reason, and does not stop the rest; where the
 * images of a pinned set cannot be had, that is every network's reason. Where nothing ran there is `results.json` alone, with
 * the reasons, and no page.
 *
 * @throws {RequestError} where the request is wrong: an unknown study, device, network or criterion, unusable stimuli.
 * @throws {Error} where the run fails.
 */
export function reproduce(options: ReproduceOptions = {}): Promise<Reproduction> {
  return runStudy(options);
}

/**
 * The same, of networks that are recorded or that were.
 *
 * @param recorded Recordings of every network, in place of running them. @default networks run
 */
export async function runStudy(options: ReproduceOptions, recorded?: RecordedRun): Promise<Reproduction> {
  const startedAt = new Date();
  const clock = new PhaseClock(() => performance.now());
  const opened = await openRun(options, recorded?.plan);
  const { locks, plan, store, stimuli, settings, tools, onProgress } = opened;
  const device = recorded?.device ?? await openDevice(options.device ?? "auto", { threads: options.threads });
  const pool = new AnalysisPool({ threads: options.threads, signal: options.signal });
  let out: OutputDirectory | null = null, recordings: RecordingStore | null = null;
  let prepared: PreparedImages | null = null;
  try {
    const planned = await openFileNetworks(plan.networks, { device, onNotice: options.onNotice });
    await checkLesions(planned, { plan, options, store, device, onProgress });
    const { set, absent, images, blocks } = await openImages(opened, options);
    recorded?.check(set);
    recordings = options.keep === false
      ? null
      : new RecordingStore(join(store.root, "recordings"), { limitBytes: options.storeLimitBytes });
    // The page's pictures among them, so that each image is decoded once.
    const running = planned.filter((network) => network.recorded === undefined || plan.study.lesions !== undefined);
    prepared = prepareImages(set, [...running.map(({ preprocessing }) => preprocessing), THUMBNAIL], {
      store,
      options,
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
      nulls: new PlacementNulls(),
      clock,
      onProgress,
      signal: options.signal,
      directory: out.staging,
    };
    const networks: NetworkResult[] = [];
    const analysed: (AnalysedNetwork & { readonly id: string })[] = [];
    let selfCheck = 0;
    const groups = { recorded: 0, found: 0 };
    let shown = 0;
    for (const run of await runAll(planned, absent, context)) {
      networks.push(run.result);
      if (run.analysed !== null) analysed.push({ ...run.analysed, id: run.result.id });
      selfCheck = Math.max(selfCheck, run.selfCheck);
      groups.recorded += run.groups.recorded;
      groups.found += run.groups.found;
      shown += run.shown;
    }
    // Its threads hold memory that comparisons and the page can use.
    await pool.close();
    options.signal?.throwIfAborted();
    const selected = selectedOf(analysed);
    const compared = await compareNetworks(analysed, { study: plan.study.name, settings, tools, clock, onProgress });
    // The comparisons were the last to need the replicates and every digit; the results need their memory.
    analysed.length = 0;
    networks.forEach((network, i) => networks[i] = roundNumbers(network));
    onProgress({ phase: "report", label: plan.study.name, done: 0, total: 1, unit: "pages" });
    // No variable holds what comes between: each of these is as large as the results.
    const written = await writeResults(
      join(out.staging, "results.json"),
      withoutSecrets(
        await assembleResults({
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
          place: () => describePlace(device, startedAt),
          groups,
          shown,
          networks,
          ...compared,
          selfCheck,
        }),
        { addresses: [options.mirror, ...addressesOf(process.env)], home: homedir() },
      ),
    );
    networks.length = 0;
    if (anyRan(written)) {
      await writeMeasuresTable(join(out.staging, "measures.csv"), written);
      await writeAtomically(join(out.staging, "selected.json"), serializeSelected(written, selected));
      // Loaded when it is needed: a run's first line of output does not wait for the page's modules.
      const { readPageAssets, renderReport } = await import("../report/mod.ts");
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
