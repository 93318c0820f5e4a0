/** The mini networks: their images and targets, how they learn, and how well they do. */
export {
  CAPTIONS_FILE,
  type EmbeddedCaptions,
  readCaptionEmbeddings,
  writeCaptionEmbeddings,
} from "./caption_embeddings_file.ts";
export { captionEncoder, encoderName } from "./caption_encoder.ts";
export {
  type AspectDecoding,
  byAspect,
  decodeAttributes,
  type Decoding,
  decodingSentence,
} from "./decode_attributes.ts";
export type { Accuracy } from "./evaluate.ts";
export { readFixture, writeFixture } from "./fixture.ts";
export { hashImages, type ImageRange, type LabelledImages, loadImages } from "./images.ts";
export { trainedEntry, untrainedEntry, updateLock } from "./lock_entries.ts";
export { measureReadout, measureTask, type Measuring } from "./measure_network.ts";
export { FAMILIES, findNetworks, networkId, type NetworkName } from "./networks.ts";
export { openEncoder } from "./open_encoder.ts";
export { initialTrunk, runTraining } from "./run_training.ts";
export { READOUT_IMAGES, SETTINGS, TEST_IMAGES, TRAINING_IMAGES, VALIDATION_IMAGES } from "./settings.ts";
export { termsFor } from "./targets.ts";
