export { groupsOf, type ImageGroup } from "./groups_of.ts";
export { memoryRecording } from "./memory_recording.ts";
export { mergeRecordings } from "./merge_recordings.ts";
export { type MomentGraph, momentGraph } from "./moment_graph.ts";
export { openRecording, type OpenRecordingOptions } from "./open_recording.ts";
export {
  describeRecording,
  type MadeRecording,
  recordNetwork,
  type RecordOptions,
  type RecordPhase,
} from "./record_network.ts";
export { recordTemporarily, type TemporaryOptions } from "./record_temporarily.ts";
export type { Group, LayerRecording, RecordedImage, Recording, RecordingHeader, RecordingSource } from "./recording.ts";
export { recordingKey } from "./recording_key.ts";
export { RecordingStore, type StoredRecording } from "./recording_store.ts";
export { selfCheck } from "./self_check.ts";
export { UnusableRecordingError } from "./unusable_recording_error.ts";
