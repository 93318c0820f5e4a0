import type { AnalysedNetwork, AnalysisSettings, AnalysisTools, PlacementNulls } from "../inference/mod.ts";
import { recordInMemory } from "../recording/browser.ts";
import {
  analyseHere,
  networkResult,
  recordingRequest,
  type RequestContext,
  type UsersNetwork,
} from "../reproduce/browser.ts";
import type { LayerResult, NetworkResult } from "../results/browser.ts";

/** What was found at one layer of a network, while the run goes on. */
export interface LayerFound {
  /** Id of the network. */
  readonly network: string;
  /** Its family. */
  readonly family: string;
  /** Place of the layer among those that are recorded, from 0. */
  readonly index: number;
  /** How many layers are recorded. */
  readonly layers: number;
  /** Its part of the results; corrections over the network's layers are still to come. */
  readonly result: LayerResult;
  /** Units that the criterion selects on either half of the first split, `[half][target]`, ascending. */
  readonly selected: readonly (readonly Uint32Array[])[];
}

/** What running a network needs of a run. */
export interface NetworkContext extends RequestContext {
  readonly settings: AnalysisSettings;
  readonly tools: AnalysisTools;
  /** Random placements that all networks of the run share. */
  readonly nulls: PlacementNulls;
  readonly ready: () => Promise<void>;
  readonly onLayer: (found: LayerFound) => void;
}

/** What became of a network. */
export interface NetworkRan {
  readonly result: NetworkResult;
  readonly analysed: AnalysedNetwork;
  /** Worst relative error of its streamed moments. */
  readonly selfCheck: number;
  /** Groups of images that were recorded. */
  readonly groups: number;
}

/**
 * Shows all images to a network, and analyses what is recorded layer by layer.
 *
 * @throws {Error} where it cannot be opened or run, or a response is not finite.
 */
export async function runNetwork(network: UsersNetwork, context: NetworkContext): Promise<NetworkRan> {
  const { id, family } = network;
  const { settings, tools, nulls, clock, onProgress, ready, onLayer, signal } = context;
  onProgress({ phase: "fetch", label: id, done: 0, total: 1, unit: "networks" });
  await ready();
  const opened = await network.open();
  onProgress({ phase: "fetch", label: id, done: 1, total: 1, unit: "networks" });
  const request = recordingRequest(network, opened, context);
  const recording = await recordInMemory({
    ...request,
    load: async (index) => {
      await ready();
      return await request.load(index);
    },
  });
  const layers = recording.header.layers.length;
  const { analysis, seconds } = await analyseHere(recording, settings, {
    ...{ tools, nulls, ready, signal },
    onLayer: ({ result, selected }, index) => onLayer({ network: id, family, index, layers, result, selected }),
    onProgress: (done, total) => onProgress({ phase: "analyse", label: id, done, total, unit: "steps" }),
  });
  clock.add("tests", seconds.tests);
  clock.add("measures", seconds.measures);
  await recording.close();
  const described = network.describe(opened.found, null);
  const { supervision, seed } = described;
  return {
    result: networkResult(described, analysis),
    analysed: { family, supervision, seed, analysis },
    selfCheck: recording.selfCheck,
    groups: recording.groups.recorded,
  };
}
