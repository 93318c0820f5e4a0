import { free } from "../kernels/mod.ts";
import { hashBytes } from "../lock/mod.ts";
import type { Network } from "../networks/mod.ts";
import { MemorySink } from "./_memory_sink.ts";
import { planRecording } from "./_plan.ts";
import { recordGroups } from "./_record_groups.ts";
import type { MemoryRecordOptions } from "./record_options.ts";
import type { Recording } from "./recording.ts";

/** A recording, and how much of it is new. */
export interface MadeRecording extends Recording {
  /** Groups that ran now, and groups that were there already. */
  readonly groups: { readonly recorded: number; readonly found: number };
}

/**
 * Records as `recordNetwork` does, in memory: all groups, and what one batch takes and leaves.
 *
 * @throws {Error} where an image or a response is not finite, naming it; where moments and responses differ by more than 1e-3.
 * @throws {RangeError} where the images do not fit the conditions or the network.
 */
export async function recordInMemory(options: MemoryRecordOptions): Promise<MadeRecording> {
  options.signal?.throwIfAborted();
  const plan = planRecording(options, await hashGraph(options.network));
  const sink = new MemorySink(plan.layout);
  await recordGroups(plan, { from: 0, sink, options });
  return made(sink.recording(plan.header), { recorded: plan.layout.groups.length, found: 0 });
}

async function hashGraph({ graph }: Network): Promise<string> {
  const bytes = graph.toBytes();
  const hash = await hashBytes(bytes);
  free(bytes);
  return hash;
}

/** A recording with how much of it is new. */
export function made(recording: Recording, groups: MadeRecording["groups"]): MadeRecording {
  return {
    header: recording.header,
    path: recording.path,
    missing: recording.missing,
    selfCheck: recording.selfCheck,
    groups,
    readLayer: (index) => recording.readLayer(index),
    close: () => recording.close(),
  };
}
