export { anyRan } from "./any_ran.ts";
export { compareResults } from "./compare_results.ts";
export type { InputDifference, NumberDifference, ResultsComparison } from "./compare_results.ts";
export { categoryEstimates, listEstimates } from "./estimates.ts";
export type { LabelledEstimate, UnplacedEstimate } from "./estimates.ts";
export { parseResults } from "./parse.ts";
export { readResults } from "./read_results.ts";
export { resultsSchema, SCHEMA_VERSION } from "./schema.ts";
export { type MeasureName, MEASURES, PRIMARY_MEASURES } from "./measures.ts";
export { entriesPhrase, type EntriesUsed } from "./entries_phrase.ts";
export { isWidthless, WIDTHLESS } from "./is_widthless.ts";
export type {
  ClaimResult,
  ClaimRow,
  ComparisonResult,
  CriterionResult,
  NetworkResult,
  Provenance,
  Results,
  RunSettings,
  StimuliResult,
  Timing,
  Verdict,
  WeightsResult,
} from "./results.ts";
export { canonicalResults, serializeResults } from "./serialize.ts";
export { stripVolatile } from "./strip_volatile.ts";
export { writeUnitTable } from "./unit_table.ts";
export type { UnitColumn, UnitTable } from "./unit_table.ts";
export { writeAtomically } from "./write_atomically.ts";
export { writeResults } from "./write_results.ts";
export type {
  ChannelResult,
  Consistency,
  CriterionSummary,
  CurvePoint,
  GeneralizationResult,
  LocalizationEstimates,
  MeasureSet,
  SpecificityEstimates,
  StrengthEstimates,
  TapCategory,
  TapResult,
} from "./tap_result.ts";
export type { Bounds, Estimate, Placed, Supervision } from "./estimate.ts";
