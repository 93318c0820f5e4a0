export { ALL_CATEGORIES } from "./_compare_images.ts";
export { alignLayers, type LayerAlignment } from "./align_layers.ts";
export { estimateOf } from "./_estimate.ts";
export type { Permuted } from "./_permutation_null.ts";
export { MATCHED } from "./analyse_layer.ts";
export { analyseNetwork, type AnalyseOptions, type NetworkAnalysis, type NetworkNumbers } from "./analyse_network.ts";
export { alignFamilies, ALL_UNITS, compareFamilies, defaultPairs } from "./compare_families.ts";
export { type CellTable, getCell } from "./cell_table.ts";
export type { AnalysedNetwork } from "./family.ts";
export { judgeClaims } from "./judge_claims.ts";
export type { Cell, Replicates } from "./replicates.ts";
export {
  type AnalysisSettings,
  type AnalysisTools,
  analysisTools,
  type FamilyPair,
  type ResolvedSettings,
  resolveSettings,
} from "./settings.ts";
