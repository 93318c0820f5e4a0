export { anyRan } from "./any_ran.ts";
export { compareResults } from "./compare_results.ts";
export type { InputDifference, NumberDifference, ResultsComparison } from "./compare_results.ts";
export { listEstimates, measureEstimates } from "./estimates.ts";
export type { LabelledEstimate, UnplacedEstimate } from "./estimates.ts";
export { resultsJsonSchema } from "./json_schema.ts";
export { MEASURES_TABLE_COLUMNS, measuresTable } from "./measures_table.ts";
export { LARGEST_RESULTS } from "./_largest_results.ts";
export { parseResults } from "./parse.ts";
export { resultsSchema, SCHEMA_VERSION } from "./schema.ts";
export type { MeasureKind, MeasureResult } from "./measure_result.ts";
export { entriesPhrase, type EntriesUsed } from "./entries_phrase.ts";
export { isWidthless, WIDTHLESS } from "./is_widthless.ts";
export type {
  CriterionResult,
  NetworkResult,
  Provenance,
  Results,
  RunSettings,
  StimuliResult,
  Timing,
  WeightsResult,
} from "./results.ts";
export {
  canonicalResults,
  serialize,
  type SerializedResults,
  type SerializeOptions,
  serializeResults,
} from "./serialize.ts";
export { compareSelected, type SelectedOverlap } from "./compare_selected.ts";
export { parseSelected, type SelectedOfLayer, type SelectedUnits, serializeSelected } from "./selected_units.ts";
export { roundNumbers } from "./_canonical.ts";
export { mapLeaves } from "./map_leaves.ts";
export { CHANGED, checksumNotice, checksumOf } from "./checksum.ts";
export { stripVolatile } from "./strip_volatile.ts";
export { type TableCell, toCsv } from "./to_csv.ts";
export type {
  ChannelResult,
  Consistency,
  CriterionSummary,
  CurvePoint,
  GeneralizationResult,
  LayerCategory,
  LayerResult,
} from "./layer_result.ts";
export type { LesionCell, LesionResult, LesionTarget } from "./lesion_result.ts";
export type { Bounds, Estimate, Supervision } from "./estimate.ts";
export {
  type ClaimResult,
  type ClaimRow,
  type ComparedPair,
  type ComparisonResult,
  type InferenceLevel,
  type LayerPair,
  type Verdict,
  VERDICTS,
} from "./comparison.ts";
