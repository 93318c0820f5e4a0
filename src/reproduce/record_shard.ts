import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { type Device, openDevice } from "../devices/mod.ts";
import { RequestError } from "../errors.ts";
import { groupsOf, recordingKey, recordNetwork } from "../recording/mod.ts";
import { writeAtomically } from "../results/mod.ts";
import type { PreparedImages, StimulusSet } from "../stimuli/mod.ts";
import { type FileNetwork, isFileNetwork, type Study, type StudyNetwork } from "../study/mod.ts";
import { fileNames } from "./file_names.ts";
import { openFileNetworks } from "./open_file_network.ts";
import { openImages, openRun, prepareImages } from "./open_run.ts";
import type { ReproduceOptions } from "./options.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import { PhaseClock } from "./progress.ts";
import { describeMachine } from "./provenance.ts";
import { recordingRequest } from "./recording_request.ts";
import { openPlanned, type RecordContext } from "./run_network.ts";
import { formatManifest, MANIFEST, type ShardManifest, type ShardNetwork, type WholeRun } from "./shard_manifest.ts";
import { planShards, type Shard } from "./shard_plan.ts";
import { VERSION } from "./version.ts";

/** What recording a shard left. */
export interface RecordedShard {
  /** Its folder: `<out>/shard-<i>-of-<n>`. */
  readonly directory: string;
  readonly manifest: ShardManifest;
}

/**
 * Records one shard of a run: a fixed part of its networks and, where there are more shards than networks, of their groups of
 * images. What an earlier try recorded is found there, and goes on with the next group.
 *
 * @param options As for `reproduce`; `out` is the folder in which the shard's own is made.
 * @throws {RequestError} where the request is wrong, or there are more shards than the run has parts.
 * @throws {Error} where the images cannot be had. A network that cannot be run is told in the manifest.
 */
export async function recordShard(options: ReproduceOptions, shard: Shard): Promise<RecordedShard> {
  const { index, of } = shard;
  if (!(Number.isInteger(index) && Number.isInteger(of) && index >= 1 && index <= of)) {
    throw new RequestError(`Cannot record shard ${index}/${of}; expected i/n with i from 1 to n`);
  }
  const run = await openRun(options);
  const { plan, store, onProgress } = run;
  const device = await openDevice(options.device ?? "auto", { threads: options.threads });
  let prepared: PreparedImages | null = null;
  try {
    const { set, absent, images, blocks } = await openImages(run, options);
    if (absent !== null) throw new Error(`Cannot record: the images could not be had: ${absent}`);
    const groups = groupsOf(images);
    const costs = await Promise.all(plan.networks.map(async (network) => ({
      id: network.id,
      cost: await costOf(network),
    })));
    const shards = planShards(costs, groups.map((group) => group.images.length), of);
    const parts = shards[index - 1];
    const planned = await openFileNetworks(parts.map(({ network }) => plan.networks[network]), {
      device,
      onNotice: options.onNotice,
      // Other shards have other networks.
      some: false,
    });
    prepared = prepareImages(set, planned.map(({ preprocessing }) => preprocessing), { store, options });
    const clock = new PhaseClock(() => performance.now());
    const { signal } = options;
    const context = { options, plan, device, set, images, blocks, prepared, store, clock, onProgress, signal };
    const directory = join(options.out ?? "shards", `shard-${index}-of-${of}`);
    const names = fileNames(plan.networks.map(({ id }) => id));
    const networks: ShardNetwork[] = [];
    for (const [part, { network: place, groups: some }] of parts.entries()) {
      signal?.throwIfAborted();
      const wanted = some === null ? undefined : some.map((group) => groups[group]);
      networks.push(await recordPart(planned[part], { context, directory, name: names[place], groups: wanted }));
    }
    const manifest: ShardManifest = {
      format: 1,
      shard,
      whole: wholeOf({ run, set, device, shards }),
      machine: { ...describeMachine(device), threads: options.threads ?? availableParallelism() },
      networks,
    };
    await writeAtomically(join(directory, MANIFEST), formatManifest(manifest));
    return { directory, manifest };
  } finally {
    await prepared?.close();
    await device.close();
  }
}

function wholeOf(
  { run: { plan, locks }, set, device, shards }: {
    readonly run: Pick<Awaited<ReturnType<typeof openRun>>, "plan" | "locks">;
    readonly set: StimulusSet;
    readonly device: Device;
    readonly shards: WholeRun["shards"];
  },
): WholeRun {
  return {
    version: VERSION,
    study: placed(plan.study),
    networks: plan.networks.map(({ id }) => id),
    shards,
    sampledUnits: plan.sampledUnits,
    locks: locks.hash,
    stimuli: set.hash,
    device: device.name,
    runtime: device.runtime,
  };
}

/** A study whose paths hold wherever it is read. */
function placed(study: Study): Study {
  const { stimuli, networks } = study;
  return {
    ...study,
    networks: networks.map((network: StudyNetwork) =>
      isFileNetwork(network) ? { ...network, weights: resolve(network.weights) } : network
    ),
    stimuli: typeof stimuli === "object" && "path" in stimuli ? { ...stimuli, path: resolve(stimuli.path) } : stimuli,
  };
}

/** What a network costs, about, without opening it: the bytes of its weights. */
async function costOf(network: PlannedNetwork | FileNetwork): Promise<number> {
  if (!("weights" in network)) return network.describe(null, null).weights.bytes ?? 0;
  // A file that is not there is told by the shard that it falls to.
  return (await stat(network.weights).catch(() => null))?.size ?? 0;
}

/** Records a network's part into the shard's folder; what keeps it from running becomes its reason. */
async function recordPart(
  planned: PlannedNetwork,
  { context, directory, name, groups }: {
    readonly context: RecordContext;
    readonly directory: string;
    readonly name: string;
    readonly groups: Parameters<typeof recordNetwork>[0]["groups"];
  },
): Promise<ShardNetwork> {
  const { id, preprocessing } = planned;
  try {
    const opened = await openPlanned(planned, context);
    const file = `${name}.recording`;
    const request = recordingRequest(planned, opened, context);
    const recording = await recordNetwork({ ...request, groups, to: join(directory, file) });
    await recording.close();
    return {
      id,
      description: planned.describe(opened.found, null),
      found: opened.found,
      preprocessing,
      recording: { file, key: recordingKey(recording.header) },
    };
  } catch (error) {
    context.signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { id, description: planned.describe(null, reason), found: null, preprocessing, recording: null };
  }
}
