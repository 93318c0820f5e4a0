import {
  changeStudy,
  drawnStimuli,
  droppedDirectory,
  droppedStimuli,
  fileNetwork,
  type LayerFound,
  type LocalizedNetworks,
  localizeNetworks,
  type Locks,
  pinnedNetwork,
  type PlannedStimuli,
  type Progress,
  RequestError,
  STUDIES,
  type Study,
  type UsersNetwork,
} from "../browser/mod.ts";
import { renderLiveView } from "../report/browser.ts";
import { networkResult } from "../reproduce/browser.ts";
import type { Device } from "../devices/browser.ts";
import { idOfFile } from "../study/browser.ts";
import { machineOf } from "./machine_of.ts";
import { recipeOf } from "./recipe_of.ts";
import type { OwnAsked, PicturesAsked, ReproduceAsked } from "./messages.ts";
import { networkAmong } from "./network_among.ts";
import { openLiveDevice } from "./open_live_device.ts";
import { getBytes, getFile, getLocks, type LiveSite } from "./site_files.ts";

/** What a run tells as it goes. */
export interface Watcher {
  device(sentence: string): void;
  progress(progress: Progress): void;
  /** Markup of what was found so far. */
  found(html: string): void;
  /** Waited for between pieces of work. */
  ready(): Promise<void>;
}

const MINI = STUDIES.find(({ name }) => name === "mini")!;

/** Plans the pictures of a run. */
export async function planPictures(
  asked: PicturesAsked,
  { stimuli }: Locks,
  said: { readonly limit?: number; readonly targets?: readonly string[]; readonly controls?: readonly string[] } = {},
): Promise<PlannedStimuli> {
  if ("drawn" in asked) return drawnStimuli(stimuli, said);
  return await droppedStimuli(droppedDirectory(asked.folder, asked.files), said);
}

/** Runs networks of the mini study. */
export async function reproduceLive(asked: ReproduceAsked, watcher: Watcher): Promise<LocalizedNetworks> {
  const locks = await getLocks();
  const networks = asked.ids.map((id) => {
    const entry = locks.models.models.find((each) => each.id === id);
    if (entry === undefined) throw new RequestError(`Cannot run "${id}": models.lock.json has no such network`);
    return pinnedNetwork(entry, () => getBytes(`weights/${id}.safetensors`));
  });
  const { fast, limit } = asked;
  const study = changeStudy(MINI, { networks: asked.ids, ...(fast ? { fast } : {}), ...(limit ? { limit } : {}) });
  return await run({
    asked,
    watcher,
    locks,
    study,
    networks: () => Promise.resolve(networks),
    stimuli: drawnStimuli(locks.stimuli, { limit }),
  });
}

/** Runs a network of the visitor's own. */
export async function runOwn(asked: OwnAsked, watcher: Watcher): Promise<LocalizedNetworks> {
  const locks = await getLocks();
  const { file, beside } = networkAmong(asked.files);
  const { layers, recipe, fast, limit, targets, controls } = asked;
  const stimuli = await planPictures(asked.pictures, locks, { limit, targets, controls });
  const said = { id: idOfFile(file.name), weights: file.name, ...(layers === undefined ? {} : { layers }) };
  const study: Study = {
    name: "own-networks",
    title: file.name,
    networks: [said],
    stimuli: "drawn" in asked.pictures ? "procedural" : { path: asked.pictures.folder },
    layers: "blocks",
    criterion: MINI.criterion,
    ...(fast ? { fast } : {}),
    ...(limit ? { limit } : {}),
  };
  return await run({
    asked,
    watcher,
    locks,
    study,
    stimuli,
    networks: async (device) => [await fileNetwork(file, said, { recipe: recipeOf(recipe), device, beside })],
  });
}

async function run({ asked, watcher, locks, study, stimuli, networks: open }: {
  readonly asked: Pick<ReproduceAsked, "device">;
  readonly watcher: Watcher;
  readonly locks: Locks;
  readonly study: Study;
  readonly stimuli: PlannedStimuli;
  readonly networks: (device: Device) => Promise<readonly UsersNetwork[]>;
}): Promise<LocalizedNetworks> {
  const { source, gitCommit } = await (await getFile("live.json")).json() as LiveSite;
  const { device, sentence } = await openLiveDevice(asked.device);
  watcher.device(sentence);
  try {
    const networks = await open(device);
    const partial = new Map<string, LayerFound["result"][]>();
    return await localizeNetworks({
      study,
      networks,
      stimuli,
      device,
      locks,
      place: { source, gitCommit, machine: machineOf(device), peakRssBytes: 0 },
      command: "live page",
      onProgress: (progress) => watcher.progress(progress),
      onLayer(found) {
        partial.set(found.network, [...partial.get(found.network) ?? [], found.result]);
        watcher.found(renderLiveView(
          networks.map((network) =>
            networkResult(network.describe(null, null), {
              layers: partial.get(network.id) ?? [],
              consistency: {},
              measures: {},
            })
          ),
          stimuli.roles.targets,
        ));
      },
      ready: () => watcher.ready(),
    });
  } finally {
    await device.close();
  }
}
