export * from "./browser.ts";
export { joinRecordingFiles } from "./join_recording_files.ts";
export { openRecording, type OpenRecordingOptions } from "./open_recording.ts";
export { describeRecording, recordNetwork } from "./record_network.ts";
export { recordTemporarily, type TemporaryOptions } from "./record_temporarily.ts";
export { RecordingStore, type StoredRecording } from "./recording_store.ts";
