/**
 * Fusiform is a functional localizer for deep networks: it shows a network the images of an fMRI localizer and finds which of
 * its units prefer faces, bodies, places or words.
 *
 * {@linkcode reproduce} runs a whole study and writes its report. For analyses of your own there are {@linkcode openNetwork},
 * {@linkcode openStimuli}, {@linkcode localize}, {@linkcode respond} and {@linkcode compare}:
 *
 * ```ts
 * import { localize, openNetwork, openStimuli, respond } from "@fusiform/fusiform";
 *
 * const network = await openNetwork("mini-clip-s0", { layers: "stages", device: "cpu" });
 * const localized = await localize(network, await openStimuli("procedural", { limit: 3 }), { criterion: "min(t) > 2" });
 * const responses = await respond(network, await openStimuli("procedural", { limit: 2 }));
 * for (const layer of localized.layers) {
 *   const { mask, units, t } = await localized.read(layer, "faces");
 *   const { faces, objects } = await responses.read(layer);
 *   const higher = units.filter((unit) => faces.mean[unit] > objects.mean[unit]);
 *   console.log(layer, units.length / mask.length, Math.max(...t), higher.length);
 * }
 * await network.close();
 * ```
 *
 * The parts that these are made of stand in modules of their own: `/statistics`, `/criteria`, `/measures`, `/networks`,
 * `/stimuli`, `/weights` and `/recording`.
 *
 * Errors that the caller can mend are {@linkcode RequestError}s; a file that is not the pinned one throws a
 * {@linkcode HashMismatchError}.
 *
 * @module
 */
export { HashMismatchError, RequestError, StoreFullError, UnusableRecordingError } from "./src/errors.ts";
export {
  type OnnxFile,
  type OnProgress,
  type Progress,
  readOnnx,
  reproduce,
  type ReproduceOptions,
  type Reproduction,
} from "./src/reproduce/mod.ts";
export {
  compare,
  localize,
  type LocalizedNetwork,
  type LocalizeOptions,
  type OpenNetwork,
  openNetwork,
  type OpenNetworkOptions,
  type OpenStimuli,
  openStimuli,
  respond,
  type Responses,
  type SelectiveUnits,
} from "./src/library/mod.ts";
export { type AnalysisSettings, type Comparisons, type FamilyPair } from "./src/inference/mod.ts";
export { type DerivedConditions } from "./src/localize/mod.ts";
export {
  type FileNetwork,
  findStudy,
  formatStudy,
  type LayerChoice,
  type LockNetwork,
  type NamedStimuli,
  parseStudy,
  type PreprocessingChoice,
  type StimulusFolder,
  STUDIES,
  type Study,
  type StudyConditions,
  type StudyFamily,
  type StudyNetwork,
  type StudyPair,
} from "./src/study/mod.ts";
export {
  type Device,
  type DeviceName,
  type DeviceOptions,
  type HostTensor,
  maxBatch,
  openDevice,
  type OpenOptions,
  type RunOptions,
  type Session,
} from "./src/devices/mod.ts";
export {
  anyRan,
  type Bounds,
  type ChannelResult,
  type ClaimResult,
  type ClaimRow,
  type ComparedPair,
  compareResults,
  type ComparisonResult,
  type Consistency,
  type CriterionResult,
  type CriterionSummary,
  type CurvePoint,
  type EntriesUsed,
  type Estimate,
  type GeneralizationResult,
  type InferenceLevel,
  type InputDifference,
  type LayerCategory,
  type LayerPair,
  type LayerResult,
  type LesionCell,
  type LesionResult,
  type LesionTarget,
  type MeasureKind,
  type MeasureResult,
  measuresTable,
  type NetworkResult,
  type NumberDifference,
  parseResults,
  type Provenance,
  readResults,
  type Results,
  type ResultsComparison,
  resultsJsonSchema,
  type RunSettings,
  SCHEMA_VERSION,
  type SerializeOptions,
  serializeResults,
  type StimuliResult,
  stripVolatile,
  type Supervision,
  type Timing,
  type UnitColumn,
  type UnitTable,
  type Verdict,
  VERDICTS,
  type WeightsResult,
  writeMeasuresTable,
  writeResults,
  writeUnitTable,
} from "./src/results/mod.ts";
export { type PageAssets, readPageAssets, renderComparison, renderReport } from "./src/report/mod.ts";
export {
  type Digest,
  type FileSetEntry,
  type ModelAccuracy,
  type ModelEntry,
  type ModelPreprocessing,
  type ModelSource,
  PIN_STATUSES,
  type PinnedFile,
  type PinStatus,
  type ProceduralSetEntry,
  type SetEntry,
  SUPERVISIONS,
} from "./src/lock/mod.ts";
export { type FetchOptions, type FetchProgress, Store } from "./src/store/mod.ts";
export { type AttributeValue, GraphBuilder, type GraphNode, type GraphValue } from "./src/onnx/mod.ts";
