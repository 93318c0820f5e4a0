import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Device, type DeviceName, openDevice } from "../devices/mod.ts";
import { RequestError } from "../errors.ts";
import { groupsOf, joinRecordingFiles, made, type MadeRecording, openRecording } from "../recording/mod.ts";
import { temporaryFolder } from "../store/mod.ts";
import { openFileNetworks } from "./open_file_network.ts";
import type { ReproduceOptions, Reproduction } from "./options.ts";
import { planRun } from "./plan.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import { type MergedNetwork, readShards, type Shards } from "./read_shards.ts";
import { type RecordedRun, runStudy } from "./reproduce.ts";

/** How shards are merged: as `reproduce`, but for what the shards say themselves. */
export type MergeOptions = Omit<
  ReproduceOptions,
  "study" | "networks" | "stimuli" | "device" | "sampledUnits" | "criteria" | "measures"
>;

/**
 * Joins the recordings of all shards of a run, analyses them and writes results and page: those of a single run on a machine
 * like theirs. Networks do not run again, but where the study lesions them. Memory and disk hold one network at a time.
 *
 * @param directories Folders of shards, or folders that hold such folders; in any order.
 * @throws {RequestError} where shards are missing, twice, of another run or damaged: all problems at once. Nothing is written.
 * @throws {Error} as `reproduce`.
 */
export async function mergeShards(directories: readonly string[], options: MergeOptions = {}): Promise<Reproduction> {
  const { onProgress, signal } = options;
  const shards = await readShards(directories, {
    signal,
    onProgress: (done, total) => onProgress?.({ phase: "merge", label: "shards", done, total, unit: "recordings" }),
  });
  shards.notices.forEach((notice) => options.onNotice?.(notice));
  const { whole } = shards.manifests[0];
  const { study, sampledUnits } = whole;
  const device = study.lesions === undefined
    ? recordedDevice(shards)
    : await openDevice(whole.device as DeviceName, { threads: options.threads });
  const folder = await temporaryFolder("merge");
  try {
    const recorded: RecordedRun = {
      device,
      plan: async (options, locks) => {
        if (locks.hash !== whole.locks) {
          throw new RequestError("Cannot merge the shards: they were recorded with other lock files than those here");
        }
        // Lesions need the networks themselves.
        const own = study.lesions === undefined
          ? []
          : await openFileNetworks(planRun({ ...options, study }, locks).networks, { device, some: false });
        const networks = shards.networks.map((network) =>
          plannedFrom(network, folder.path, own.find(({ id }) => id === network.id))
        );
        return { study, sampledUnits, seed: study.seed ?? 0, networks };
      },
      check: ({ name, hash }) => {
        if (hash === whole.stimuli) return;
        throw new RequestError(`Cannot merge the shards: the images of "${name}" are not those that were shown`);
      },
    };
    return await runStudy({ ...options, study, sampledUnits }, recorded);
  } finally {
    await folder.remove();
  }
}

/** A network of the merged run, whose recording is put together when its turn comes. */
function plannedFrom(
  { id, from, files }: MergedNetwork,
  folder: string,
  own: PlannedNetwork | undefined,
): PlannedNetwork {
  const { description, found, preprocessing } = from;
  const { family, supervision, seed, reason } = description;
  return {
    id,
    family,
    supervision,
    seed,
    preprocessing,
    describe: (_found, why) => ({ ...description, status: why === null ? "run" : "not run", reason: why }),
    open: (context) =>
      own === undefined ? Promise.reject(new Error(reason ?? `"${id}" was recorded elsewhere`)) : own.open(context),
    ...(found === null ? {} : { recorded: { found, open: () => openJoined(files, join(folder, "whole.recording")) } }),
  };
}

/** Opens a recording in one file where it lies, else the whole of its parts, which is removed when it is closed. */
async function openJoined(files: readonly string[], to: string): Promise<MadeRecording> {
  const path = files.length === 1 ? files[0] : to;
  if (files.length > 1) await joinRecordingFiles(files, to);
  const recording = await openRecording(path, { verify: false });
  return {
    ...made(recording, { recorded: 0, found: groupsOf(recording.header.images).length }),
    close: async () => {
      await recording.close();
      if (files.length > 1) await rm(path, { force: true });
    },
  };
}

/** What stands for the device of the shards: nothing runs on it. */
function recordedDevice({ manifests: [{ whole, machine }] }: Shards): Device {
  return {
    name: whole.device as DeviceName,
    adapter: machine.adapter,
    runtime: whole.runtime,
    maxTensorBytes: Infinity,
    carries: false,
    open: () => Promise.reject(new Error("Cannot run a network: it was recorded elsewhere")),
    close: () => Promise.resolve(),
  };
}
