import { createHash } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { UnusableRecordingError } from "../errors.ts";
import { PartFile } from "../store/mod.ts";
import { FileSink } from "./_file_sink.ts";
import { free } from "../kernels/mod.ts";
import type { Network } from "../networks/mod.ts";
import { planRecording, type RecordPlan } from "./_plan.ts";
import { recordGroups } from "./_record_groups.ts";
import { resumePart } from "./_resume_part.ts";
import { encodePrologue } from "./_prologue.ts";
import { groupKey } from "./groups_of.ts";
import { made, type MadeRecording, recordInMemory } from "./record_in_memory.ts";
import { openRecording } from "./open_recording.ts";
import type { RecordOptions } from "./record_options.ts";
import type { Recording, RecordingHeader } from "./recording.ts";
import { recordingKey } from "./recording_key.ts";

/**
 * Shows images to a network and keeps, for every group of one condition and block, mean and squared deviations of every unit,
 * the responses of a sample of units and each channel's mean response to each image.
 *
 * Batches run while the next one loads: one after the other, or, on the processor, in as many threads as the device has and
 * memory deserves, each with a session of its own. They are merged in their order whichever ends first, so that the numbers do
 * not depend on the threads. When a group ends, its moments are compared with those of the sampled responses and written down.
 * In a file, memory holds two groups and, for each thread, what one batch takes and leaves, whatever the number of images. A
 * run that was interrupted is continued with the next group, and its file has the same bytes as that of an undisturbed run.
 *
 * @throws {Error} where an image or a response is not finite, naming it; where moments and responses differ by more than 1e-3;
 *   where the file cannot be written.
 * @throws {RangeError} where the images do not fit the conditions or the network.
 * @throws {StoreFullError} where the store's limit is smaller than what has to be kept.
 */
export async function recordNetwork(options: RecordOptions): Promise<MadeRecording> {
  if (options.to === undefined) return await recordInMemory(options);
  options.signal?.throwIfAborted();
  const plan = planRecording(options, hashGraph(options.network));
  if (plan.header.source?.stimuli === null) {
    throw new RangeError("Cannot keep a recording: the hash of its images is not given; expected it as stimuli");
  }
  if (typeof options.to === "string") return await recordToFile(options.to, plan, options);
  if (options.groups !== undefined) {
    throw new RangeError("Cannot keep a part of a recording in the store; expected the path of a file");
  }
  const { to: store } = options;
  const { key, bytes } = sizeOf(plan, options);
  const path = await store.reserve(key, bytes);
  try {
    return await recordToFile(path, plan, options);
  } catch (error) {
    // A later run may continue it; until then its space is free for others.
    await store.release(key);
    throw error;
  }
}

/**
 * Tells the key and the size of a recording without making it.
 *
 * @returns Its header, its key and the bytes of its file.
 * @throws {RangeError} as {@linkcode recordNetwork} does.
 */
export function describeRecording(options: RecordOptions): { header: RecordingHeader; key: string; bytes: number } {
  const plan = planRecording(options, hashGraph(options.network));
  return { header: plan.header, ...sizeOf(plan, options) };
}

/** Of one piece and in this thread, so that no second copy of the weights is made. */
function hashGraph({ graph }: Network): string {
  const bytes = graph.toBytes();
  const hash = createHash("sha256").update(bytes).digest("hex");
  free(bytes);
  return hash;
}

function sizeOf({ header, layout }: RecordPlan, { label = null }: RecordOptions): { key: string; bytes: number } {
  const start = encodePrologue({ header, label, layout }).length;
  return { key: recordingKey(header), bytes: start + layout.recordStart(layout.groups.length) };
}

async function recordToFile(path: string, plan: RecordPlan, options: RecordOptions): Promise<MadeRecording> {
  const { signal, onNotice } = options;
  const total = plan.layout.groups.length;
  for (;;) {
    const there = await openExisting(path, plan, onNotice);
    if (there !== null) return made(there, { recorded: 0, found: total });
    const part = await PartFile.claim({
      dir: dirname(path),
      key: basename(path),
      idleMs: 20_000,
      finished: () => exists(path),
      onWait: () => onNotice?.(`another process records the same into "${path}"; waiting for it`),
      signal,
    });
    if (part === null) continue;
    try {
      const found = await resumePart(part, plan, options);
      const sink = await FileSink.open(part, plan.layout);
      try {
        if (found < total) await recordGroups(plan, { from: found, sink, options });
      } finally {
        await sink.close();
      }
      await part.close();
      await rename(part.path, path);
      await part.forget();
      const recording = await openRecording(path, { key: recordingKey(plan.header), verify: false });
      return made(recording, { recorded: total - found, found });
    } catch (error) {
      await part.release().catch(() => undefined);
      throw error;
    }
  }
}

/** What lies at the path, if it can be used; what cannot is removed. */
async function openExisting(
  path: string,
  { header, layout }: RecordPlan,
  onNotice: RecordOptions["onNotice"],
): Promise<Recording | null> {
  if (!await exists(path)) return null;
  try {
    const recording = await openRecording(path, { key: recordingKey(header) });
    const wanted = new Set(layout.groups.map(groupKey));
    const missing = recording.missing.filter((group) => wanted.has(groupKey(group)));
    if (missing.length === 0) return recording;
    await recording.close();
    throw new UnusableRecordingError(path, `it lacks ${missing.length} of the groups that are wanted`);
  } catch (error) {
    if (!(error instanceof UnusableRecordingError)) throw error;
    onNotice?.(`${error.message}; recording it again`);
    await rm(path, { force: true });
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
