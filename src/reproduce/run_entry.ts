import { join } from "node:path";
import type { AnalysedNetwork } from "../analysis/mod.ts";
import type { Recording } from "../localizer/mod.ts";
import type { NetworkResult } from "../results/mod.ts";
import type { Store } from "../store/mod.ts";
import type { WeightsFound } from "./describe_network.ts";
import { fileNames } from "./file_names.ts";
import { saveMoments } from "./moments_file.ts";
import type { ReproduceOptions } from "./options.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import { analyse, record, type RunContext } from "./run_network.ts";
import { writeUnits } from "./write_units.ts";

/** What became of one network of a suite. */
export interface EntryRun {
  readonly result: NetworkResult;
  /** Null where it was not run; `result.reason` says why. */
  readonly analysed: AnalysedNetwork | null;
  /** Worst relative error of its streamed moments. */
  readonly selfCheck: number;
}

/** What running a network takes. */
export interface EntryContext extends RunContext {
  readonly options: ReproduceOptions;
  readonly store: Store;
  /** Where the run's files are written. */
  readonly directory: string;
}

/** The result of a network that was not run. */
export function notRun(planned: PlannedNetwork, reason: string): EntryRun {
  return {
    result: { ...planned.describe(null, reason), taps: [], consistency: {} },
    analysed: null,
    selfCheck: 0,
  };
}

async function writeTables(id: string, recording: Recording, context: EntryContext): Promise<void> {
  const { options, directory, analysis, clock, onProgress } = context;
  const { units = "none", moments = false } = options;
  if (units === "none" && !moments) return;
  const [name] = fileNames([id]);
  const step = { phase: "report", label: `${id}, tables`, total: 1, unit: "files" } as const;
  onProgress({ ...step, done: 0 });
  await clock.time("report", async () => {
    if (units !== "none") {
      const { criterion, targets } = analysis;
      const options = { network: name, recording, criterion, targets, which: units };
      await writeUnits(join(directory, "units"), options);
    }
    if (moments) await saveMoments(join(directory, "moments", `${name}.safetensors`), id, recording);
  });
  onProgress({ ...step, done: 1 });
}

/** Opened and recorded by itself, so that the network's weights are gone when the analysis needs the memory. */
async function recordEntry(
  planned: PlannedNetwork,
  context: EntryContext,
): Promise<{ recording: Recording; found: WeightsFound }> {
  const { options, store, device, onProgress } = context;
  const { network, found } = await planned.open({
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
  return { recording: await record(planned, network, context), found };
}

/** A network that was recorded; its analysis goes on while the next one is recorded. */
export interface StartedEntry {
  readonly run: Promise<EntryRun>;
}

/**
 * Records one network and starts its analysis. Whatever keeps it from running becomes its reason, so that the rest goes on.
 *
 * @returns A promise of the run, which rejects only with what the signal was aborted with.
 * @throws what the signal was aborted with.
 * @throws {Error} where its tables cannot be written.
 */
export async function startEntry(planned: PlannedNetwork, context: EntryContext): Promise<StartedEntry> {
  const failed = (error: unknown): EntryRun => {
    context.options.signal?.throwIfAborted();
    return notRun(planned, error instanceof Error ? error.message : String(error));
  };
  await context.pool.ready();
  let recorded: { recording: Recording; found: WeightsFound };
  try {
    recorded = await recordEntry(planned, context);
  } catch (error) {
    return { run: Promise.resolve(failed(error)) };
  }
  const { recording, found } = recorded;
  await writeTables(planned.id, recording, context);
  const described = planned.describe(found, null);
  const { family, supervision, seed } = described;
  const { selfCheck } = recording;
  const large = !context.pool.fits(recording);
  const run = analyse(planned.id, recording, context).then((analysis): EntryRun => ({
    result: { ...described, taps: analysis.taps, consistency: analysis.consistency },
    analysed: { family, supervision, seed, analysis },
    selfCheck,
  })).catch(failed);
  // A recording too large for a thread is analysed before the next one needs the memory.
  if (large) await run;
  return { run };
}
