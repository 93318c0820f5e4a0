/**
 * Fusiform in a browser: localizes networks from bytes, with no file, no thread of its own and nothing that only Deno or Node has.
 *
 * {@linkcode pinnedNetwork} and {@linkcode fileNetwork} take weights and ONNX graphs, {@linkcode drawnStimuli} and
 * {@linkcode droppedStimuli} images; {@linkcode localizeNetworks} runs the networks on a device of {@linkcode openWebDevice} and
 * gives the results, of which {@linkcode renderReport} makes the page and {@linkcode measuresTable} the table. Run it in a
 * worker: layers are analysed for seconds at a time.
 *
 * @module
 */
export { HashMismatchError, RequestError } from "../errors.ts";
export { type Device, openWebDevice, type WebDeviceName, type WebDeviceOptions } from "../devices/browser.ts";
export {
  type EncoderEntry,
  type EncoderReference,
  type ModelEntry,
  type ModelsLock,
  parseModelsLock,
  parseStimuliLock,
  type StimuliLock,
} from "../lock/mod.ts";
export { defaultLayers, listLayers } from "../networks/mod.ts";
export {
  type DescribedNetwork,
  type ImageRecipe,
  type Locks,
  locksOf,
  type MachineDescription,
  type NetworkBytes,
  type NetworkDescription,
  type OpenedNetwork,
  type OpenedStimuli,
  type PlannedStimuli,
  type Progress,
  type RunPlace,
  type UsersNetwork,
  type WeightsFound,
} from "../reproduce/browser.ts";
export {
  compareSelected,
  measuresTable,
  parseResults,
  parseSelected,
  type Results,
  type SelectedOfLayer,
  type SelectedOverlap,
  type SelectedUnits,
  serializeSelected,
} from "../results/browser.ts";
export { type PageAssets, renderReport } from "../report/browser.ts";
export { ASSET_NAMES, type ReadAsset, useAssets } from "../stimuli/browser.ts";
export { changeStudy, STUDIES, type Study, type StudyChanges } from "../study/browser.ts";
export { droppedDirectory, type DroppedFile } from "./dropped_directory.ts";
export { fileNetwork, readNetworkFile } from "./file_network.ts";
export { type LocalizedNetworks, localizeNetworks, type LocalizeNetworksOptions } from "./localize_networks.ts";
export { pinnedNetwork } from "./pinned_network.ts";
export { drawnStimuli, droppedStimuli, type StimuliRequest } from "./plan_stimuli.ts";
export type { LayerFound } from "./run_network.ts";
