export type { EncoderEntry, EncoderReference, PinnedFile } from "./encoder_entry.ts";
export { cropInside, doiForm, preprocessingFields, preprocessingForm, SUPERVISIONS } from "./forms.ts";
export { hashText } from "./hash_text.ts";
export { formatModelsLock, parseModelsLock } from "./models_lock.ts";
export {
  type ModelAccuracy,
  type ModelEntry,
  type ModelPreprocessing,
  type ModelsLock,
  type ModelSource,
  PIN_STATUSES,
  type PinStatus,
} from "./model_entry.ts";
export { redactCredentials } from "./redact_credentials.ts";
export { formatStimuliLock, parseStimuliLock, pinnedFiles } from "./stimuli_lock.ts";
export type { FileSetEntry, ProceduralSetEntry, SetEntry, StimuliLock } from "./stimuli_entry.ts";
export { type Digest, hashBytes, type Pin, verifyDigest } from "./verify.ts";
