export type { ImageOrigin, PinCheck, Pixels, Stimulus, StimulusSet } from "./stimulus.ts";
export type { Raster } from "./raster.ts";
export type { Duplicates } from "./distinct_images.ts";
export { ASSET_NAMES } from "./asset_names.ts";
export { type ReadAsset, useAssets } from "./assets.ts";
export { base64 } from "./base64.ts";
export { decodeImage } from "./decode.ts";
export { normalise, preprocess, resizeAndCrop } from "./preprocess.ts";
export type { Interpolation, Planes, Preprocessing, Resizing } from "./preprocess.ts";
export { LARGEST_IMAGE_FILE } from "./_image_limits.ts";
export { MemoryImages } from "./memory_images.ts";
export type { NetworkImages } from "./network_images.ts";
export { conditionOf, orderConditions } from "./domains.ts";
export { refuseSet } from "./_check_set.ts";
export { arrange, type Arrangement, arrangeSet, describePools, type FolderPlace } from "./arrange.ts";
export { type ConditionRoles, type ConditionsRequest, describeRoles, type RoleOrigin } from "./condition_roles.ts";
export { type ConditionsFile, conditionsJsonSchema, parseConditionsFile } from "./conditions_file.ts";
export { assignBlocks, blockCount } from "./blocks.ts";
export { type FolderSetOptions, planDirectorySet, type PlannedFolderSet } from "./directory_set.ts";
export type { ImageFile } from "./_hash_images.ts";
export type { DirectoryEntry, ImageDirectory } from "./image_directory.ts";
export { setHash } from "./set_hash.ts";
export { loadProcedural } from "./load_procedural.ts";
export { type Domain, DOMAINS, PROCEDURAL_CLASSES, type ProceduralClass } from "./procedural_classes.ts";
export {
  type ProceduralSample,
  proceduralSample,
  type ProceduralSampleOptions,
  type ProceduralSplit,
} from "./procedural_sample.ts";
export { encodeJpeg } from "./encode_jpeg.ts";
export { jpegDataUri, THUMBNAIL, thumbnail, thumbnailPixels } from "./thumbnail.ts";
export { PROCEDURAL_GENERATOR, PROCEDURAL_SEED, proceduralSet, type ProceduralSetOptions } from "./procedural_set.ts";
export { phaseScramble } from "./phase_scramble.ts";
export { contactSheet, type ContactSheetOptions, type ContactSheetRow } from "./contact_sheet.ts";
export { encodePng } from "./encode_png.ts";
export { scrambledNames } from "./scrambled_names.ts";
export { type ScrambledOptions, withScrambled } from "./with_scrambled.ts";
