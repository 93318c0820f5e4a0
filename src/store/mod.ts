export * from "./browser.ts";
export { cacheRoot, type Machine } from "./cache_root.ts";
export {
  type Fetched,
  type FetchOptions,
  type FetchProgress,
  type FetchTarget,
  fetchToStore,
} from "./fetch_to_store.ts";
export { hashFile } from "./hash_file.ts";
export { checkRegularFile, readWholeFile, readWholeText } from "./read_whole_file.ts";
export { PartFile } from "./part_file.ts";
export { ownerRuns, ownName } from "./owner.ts";
export { Store } from "./store.ts";
export { projectRoot, readModelsLock, readStimuliLock } from "./read_locks.ts";
export { removeAbandonedTemporaries, type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";
export {
  abandonedIn,
  noteUnfinished,
  onUnfinished,
  removeAbandoned,
  removeUnfinished,
  type Unfinished,
  unfinishedName,
} from "./unfinished.ts";
export { type ResolvedEncoder, resolveEncoder } from "./resolve_encoder.ts";
export { pinOf, type ResolvedWeights, type ResolveOptions, resolveWeights } from "./resolve_weights.ts";
