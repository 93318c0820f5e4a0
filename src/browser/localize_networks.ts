import type { Device } from "../devices/browser.ts";
import { type AnalysedNetwork, analysisTools, PlacementNulls } from "../inference/mod.ts";
import { recordedImages } from "../recording/browser.ts";
import {
  analysisSettings,
  assembleResults,
  compareNetworks,
  networkResult,
  type OnProgress,
  PhaseClock,
  type PlannedStimuli,
  type RunPlace,
  selectedOf,
  type UsersNetwork,
} from "../reproduce/browser.ts";
import { type NetworkResult, type Results, type SelectedUnits, serialize } from "../results/browser.ts";
import { MemoryImages, THUMBNAIL } from "../stimuli/browser.ts";
import type { Study } from "../study/mod.ts";
import { type LayerFound, runNetwork } from "./run_network.ts";

/** What {@linkcode localizeNetworks} is asked to do. */
export interface LocalizeNetworksOptions {
  /** What is done: layers, criterion, comparisons, `fast`. Its networks are those of `networks`. */
  readonly study: Study;
  /** In the order of the report. */
  readonly networks: readonly UsersNetwork[];
  /** What they see. */
  readonly stimuli: PlannedStimuli;
  /** Where they run; it stays the caller's to close. */
  readonly device: Device;
  /** Where the run happens and by which code, for the provenance. */
  readonly place: Omit<RunPlace, "wallSeconds">;
  /** sha256 of the locks, for the run's id. */
  readonly locks: { readonly hash: string };
  /** What the provenance calls the run. @default "localizeNetworks()" */
  readonly command?: string;
  /** Units per layer whose responses are kept per image. @default 4096 */
  readonly sampledUnits?: number;
  /** Told what the run is doing, as it goes. */
  readonly onProgress?: OnProgress;
  /** Told what was found at each layer, as soon as it is analysed. */
  readonly onLayer?: (found: LayerFound) => void;
  /** Waited for before every batch of images and every layer, so that a run can pause and its thread hear messages. */
  readonly ready?: () => Promise<void>;
  /** Ends the run with its reason. */
  readonly signal?: AbortSignal;
}

/** What a run in memory gives. */
export interface LocalizedNetworks {
  /** As a reader of results.json gets them. */
  readonly results: Results;
  /** The text of results.json. */
  readonly text: string;
  /** The units that were selected on either half of the first split. */
  readonly selected: SelectedUnits;
}

/**
 * Runs a study in memory, with no file and in one thread: shows images to networks, finds the selective units, measures and
 * compares them. The same code as `reproduce` runs, and the same numbers on the same device. `renderReport` and `measuresTable`
 * make the page and the table of what it gives.
 *
 * @throws {RequestError} where the images cannot be used.
 * @throws {Error} where no network could be run, with the first one's reason; where another could not, the results say so.
 */
export async function localizeNetworks(options: LocalizeNetworksOptions): Promise<LocalizedNetworks> {
  const { study, networks, stimuli, device, place, locks, signal, sampledUnits = 4096 } = options;
  const { onProgress = (): void => {}, onLayer = (): void => {}, ready = () => Promise.resolve() } = options;
  const startedAt = new Date(), began = performance.now();
  const clock = new PhaseClock(() => performance.now());
  const plan = { study, seed: study.seed ?? 0, sampledUnits };
  const settings = analysisSettings(plan, stimuli, {});
  const tools = analysisTools(settings, stimuli.conditions);
  onProgress({ phase: "stimuli", label: stimuli.name, done: 0, total: 1, unit: "sets" });
  await ready();
  const { set } = await stimuli.open();
  onProgress({ phase: "stimuli", label: stimuli.name, done: 1, total: 1, unit: "sets" });
  const { images, blocks } = recordedImages(set);
  const prepared = new MemoryImages(set, [...networks.map(({ preprocessing }) => preprocessing), THUMBNAIL]);
  const context = {
    ...{ options: {}, plan, device, set, images, blocks, prepared, clock, onProgress, signal },
    ...{ settings, tools, nulls: new PlacementNulls(), ready, onLayer },
  };
  const found: NetworkResult[] = [];
  const analysed: (AnalysedNetwork & { readonly id: string })[] = [];
  const failures: Error[] = [];
  let selfCheck = 0, recorded = 0;
  for (const network of networks) {
    try {
      const run = await runNetwork(network, context);
      found.push(run.result);
      analysed.push({ ...run.analysed, id: network.id });
      selfCheck = Math.max(selfCheck, run.selfCheck);
      recorded += run.groups;
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(error as Error);
      found.push(networkResult(network.describe(null, (error as Error).message), null));
    }
  }
  if (analysed.length === 0) throw failures[0];
  await ready();
  const compared = await compareNetworks(analysed, { study: study.name, settings, tools, clock, onProgress });
  onProgress({ phase: "report", label: study.name, done: 0, total: 1, unit: "pages" });
  const assembled = await assembleResults({
    options: { command: options.command ?? "localizeNetworks()" },
    plan,
    locks,
    set,
    prepared,
    roles: stimuli.roles,
    pictures: true,
    images,
    blocks,
    device,
    settings,
    tools,
    clock,
    startedAt,
    place: () => Promise.resolve({ ...place, wallSeconds: (performance.now() - began) / 1000 }),
    groups: { recorded, found: 0 },
    shown: analysed.length * images.length,
    networks: found,
    ...compared,
    selfCheck,
  });
  await prepared.close();
  const { text, results } = serialize(assembled);
  return { results, text, selected: selectedOf(analysed) };
}
