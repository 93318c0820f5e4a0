/**
 * Fusiform is a functional localizer for deep networks: it shows a network the images of an fMRI localizer and finds which of
 * its units prefer faces, bodies, places or words.
 *
 * {@linkcode reproduce} runs a whole study and writes its report. The parts it is made of are here too, for analyses of your
 * own: a stimulus set, a network with layers, a device to run it on, a recording, a criterion, measures.
 *
 * ```ts
 * import * as fusiform from "@fusiform/fusiform";
 *
 * const { conditions, stimuli } = await fusiform.proceduralSet({ limit: 2 });
 * const blocks = fusiform.assignBlocks(stimuli, 4);
 * const checkpoint = await fusiform.openCheckpoint(`${fusiform.projectRoot()}fixtures/mini-clip-s0.safetensors`);
 * const network = await fusiform.buildNetwork({ checkpoint });
 * await checkpoint.close();
 * const device = await fusiform.openDevice("cpu");
 * const recipe = { resize: 64, crop: 64, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25], interpolation: "bilinear" } as const;
 * const recording = await fusiform.recordNetwork({
 *   network,
 *   layers: fusiform.selectLayers(network, "stages"),
 *   device,
 *   conditions,
 *   images: stimuli.map((image, i) => ({ ...image, condition: conditions.indexOf(image.condition), block: blocks[i] })),
 *   load: async (i) => fusiform.preprocess(await stimuli[i].pixels(), recipe),
 * });
 * // Units are selected on one half of the images and measured on the other.
 * for await (const layer of fusiform.localize({ recording, targets: ["faces"], criterion: "min(t) > 2" })) {
 *   const dprime = layer.found[0].values[layer.measures.indexOf("specificity.dprime")].value;
 *   console.log(layer.layer.name, layer.selections[0][0].units.length / layer.layer.units, dprime);
 * }
 * await recording.close();
 * await device.close();
 * ```
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
  type StudyNetwork,
  type StudyPair,
} from "./src/study/mod.ts";
export {
  type Digest,
  type EncoderEntry,
  type EncoderReference,
  type FileSetEntry,
  type ModelAccuracy,
  type ModelEntry,
  type ModelPreprocessing,
  type ModelsLock,
  type ModelSource,
  PIN_STATUSES,
  type PinnedFile,
  type PinStatus,
  type ProceduralSetEntry,
  type SetEntry,
  type StimuliLock,
} from "./src/lock/mod.ts";
export {
  cacheRoot,
  type FetchOptions,
  type FetchProgress,
  type Machine,
  projectRoot,
  readModelsLock,
  readStimuliLock,
  type ResolvedWeights,
  type ResolveOptions,
  resolveWeights,
  Store,
} from "./src/store/mod.ts";
export {
  type ByteSource,
  type Checkpoint,
  memoryCheckpoint,
  memorySource,
  type NamedTensor,
  openCheckpoint,
  openSource,
  type TensorInfo,
  writeSafetensors,
  type WrittenTensor,
  type WrittenType,
} from "./src/weights/mod.ts";
export { type AttributeValue, GraphBuilder, type GraphNode, type GraphValue } from "./src/onnx/mod.ts";
export {
  ARCHITECTURES,
  buildNetwork,
  buildOnnxNetwork,
  defaultLayers,
  type Layer,
  type LayerCandidate,
  listLayers,
  type Network,
  type NetworkRequest,
  type OnnxNetworkOptions,
  probeLayerShapes,
  type RunOnce,
  selectLayers,
  untrainedResNet,
  type UntrainedResNetName,
} from "./src/networks/mod.ts";
export {
  assignBlocks,
  blockCount,
  conditionOf,
  type ConditionRoles,
  type ConditionsFile,
  conditionsJsonSchema,
  type ConditionsRequest,
  contactSheet,
  type ContactSheetOptions,
  type ContactSheetRow,
  decodeImage,
  type Domain,
  type Duplicates,
  encodePng,
  flocSet,
  type FlocSetOptions,
  folderSet,
  type FolderSetOptions,
  type Interpolation,
  loadProcedural,
  phaseScramble,
  type PinCheck,
  type Pixels,
  preprocess,
  type Preprocessing,
  type ProceduralSample,
  proceduralSample,
  type ProceduralSampleOptions,
  proceduralSet,
  type ProceduralSetOptions,
  type ProceduralSplit,
  type RoleOrigin,
  type ScrambledOptions,
  type Stimulus,
  type StimulusSet,
  withScrambled,
} from "./src/stimuli/mod.ts";
export {
  type Device,
  type DeviceName,
  type DeviceOptions,
  type HostTensor,
  maxBatch,
  openDevice,
  type Session,
} from "./src/devices/mod.ts";
export {
  correct,
  type Correction,
  deadUnits,
  dprime,
  holm,
  type Moments,
  momentsOfResponses,
  oneSidedPValues,
  permutationPValue,
  poolMoments,
  Random,
  type RankSum,
  rankSum,
  RunningMoments,
  student,
  type TTest,
  welch,
} from "./src/statistics/mod.ts";
export {
  type Group,
  type LayerRecording,
  type MadeRecording,
  memoryRecording,
  mergeRecordings,
  openRecording,
  type OpenRecordingOptions,
  type RecordedImage,
  type Recording,
  type RecordingHeader,
  type RecordingSource,
  RecordingStore,
  recordNetwork,
  type RecordOptions,
  type RecordPhase,
  type StoredRecording,
} from "./src/recording/mod.ts";
export {
  type ConjunctionDefinition,
  type ContrastBuffers,
  Contrasts,
  CRITERIA,
  type Criterion,
  expressionCriterion,
  matchedCriterion,
  parseCriterion,
  type SampledResponses,
  type SelectionInput,
} from "./src/criteria/mod.ts";
export {
  type ChannelCounts,
  type ChannelMap,
  LayerLayout,
  type Measure,
  type Measured,
  measured,
  type MeasureDescription,
  type MeasureGroup,
  MEASURES,
  type NetworkContext,
  type NetworkMeasure,
  type PlacementMeasure,
  type SelectionContext,
  type SelectionMeasure,
  type UnitContext,
  type UnitMeasure,
  unmeasured,
} from "./src/measures/mod.ts";
export {
  type DerivedConditions,
  type Found,
  type HalfArrays,
  halfMoments,
  localize,
  type Localized,
  type LocalizedLayer,
  type LocalizeInput,
  type LocalizeSettings,
  type Selected,
  selectedUnits,
  type Selections,
  type Split,
  wholeMoments,
} from "./src/localize/mod.ts";
export {
  anyRan,
  type Bounds,
  type ChannelResult,
  type ClaimResult,
  type ClaimRow,
  compareResults,
  type ComparisonResult,
  type Consistency,
  type CriterionResult,
  type CriterionSummary,
  type CurvePoint,
  type EntriesUsed,
  type Estimate,
  type GeneralizationResult,
  type InputDifference,
  type LayerCategory,
  type LayerResult,
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
  serializeResults,
  type StimuliResult,
  stripVolatile,
  type Supervision,
  type Timing,
  type UnitColumn,
  type UnitTable,
  type Verdict,
  type WeightsResult,
  writeMeasuresTable,
  writeResults,
  writeUnitTable,
} from "./src/results/mod.ts";
export {
  ALL_CATEGORIES,
  type AnalysedNetwork,
  analyseNetwork,
  type AnalyseOptions,
  type AnalysisSettings,
  type AnalysisTools,
  analysisTools,
  type Cell,
  type CellTable,
  compareFamilies,
  defaultPairs,
  type FamilyPair,
  judgeClaims,
  type NetworkAnalysis,
  type NetworkNumbers,
  type Permuted,
  type Replicates,
  type ResolvedSettings,
} from "./src/inference/mod.ts";
export {
  type Noise,
  NOISES,
  synthesizeRecording,
  type SyntheticLayer,
  type SyntheticOptions,
  type SyntheticRecording,
} from "./src/validation/mod.ts";
export { type PageAssets, readPageAssets, renderComparison, renderReport } from "./src/report/mod.ts";
