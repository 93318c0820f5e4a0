export { ALL_CATEGORIES } from "./_compare_images.ts";
export { estimateOf } from "./_estimate.ts";
export type { Permuted } from "./_permutation_null.ts";
export type { AnalysedLayer } from "./analyse_layer.ts";
export { MATCHED } from "./_curves.ts";
export {
  analyseNetwork,
  type AnalyseOptions,
  NetworkAnalyser,
  type NetworkAnalysis,
  type NetworkNumbers,
} from "./analyse_network.ts";
export { ALL_UNITS, compareFamilies, type Comparisons, defaultPairs } from "./compare_families.ts";
export { alignLayers } from "./align_layers.ts";
export { type CellTable, emptyCells, getCell, setCell } from "./cell_table.ts";
export type { AnalysedNetwork } from "./family.ts";
export { judgeClaims } from "./judge_claims.ts";
export type { Cell, Replicates } from "./replicates.ts";
export { verdictOf } from "./_verdict.ts";
export {
  type AnalysisSettings,
  type AnalysisTools,
  analysisTools,
  type FamilyPair,
  type ResolvedSettings,
  resolveSettings,
  smallestEffect,
} from "./settings.ts";
export { PlacementNulls } from "./placement_nulls.ts";
