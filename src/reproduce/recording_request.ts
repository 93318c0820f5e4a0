import type { Device } from "../devices/mod.ts";
import { selectLayers } from "../networks/mod.ts";
import type { MemoryRecordOptions, RecordedImage } from "../recording/mod.ts";
import type { NetworkImages, StimulusSet } from "../stimuli/mod.ts";
import type { OpenedNetwork } from "./opened_network.ts";
import type { ReproduceOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import type { OnProgress, PhaseClock } from "./progress.ts";

/** What recording a network needs of a run. */
export interface RequestContext {
  readonly options: Pick<ReproduceOptions, "onNotice">;
  readonly plan: Pick<Plan, "seed" | "sampledUnits"> & { readonly study: Pick<Plan["study"], "layers"> };
  readonly device: Device;
  readonly set: StimulusSet;
  readonly images: readonly RecordedImage[];
  readonly blocks: number;
  /** The set's images as networks want them. */
  readonly prepared: NetworkImages;
  readonly clock: PhaseClock;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal;
}

/** What is recorded of an opened network. */
export function recordingRequest(
  { id, preprocessing, layers }: Pick<PlannedNetwork, "id" | "preprocessing" | "layers">,
  { network, found }: OpenedNetwork,
  { options, plan, device, set, images, blocks, prepared, clock, onProgress, signal }: RequestContext,
): MemoryRecordOptions {
  return {
    network,
    layers: selectLayers(network, layers ?? plan.study.layers),
    device,
    images,
    blocks,
    conditions: set.conditions,
    load: (index: number) => prepared.load(index, preprocessing),
    weights: found.sha256,
    preprocessing,
    stimuli: set.hash,
    sampledUnits: plan.sampledUnits,
    seed: plan.seed,
    label: id,
    onProgress: (done: number, total: number) =>
      onProgress({ phase: "record", label: id, done, total, unit: "images" }),
    onNotice: options.onNotice,
    time: (phase, work) => clock.time(phase, work),
    signal,
  };
}
