export { DamagedRecordingError } from "./damaged_recording_error.ts";
export { groupsOf, type ImageGroup } from "./groups_of.ts";
export { memoryRecording } from "./memory_recording.ts";
export type { Group, LayerRecording, RecordedImage, Recording, RecordingHeader, RecordingSource } from "./recording.ts";
export { selfCheck } from "./self_check.ts";
