export { CONSISTENCY, type ConsistencyMatrix, consistencyMatrix, LEAST_COMPARED } from "./consistency.ts";
export { DEPTH_SLOPE } from "./depth_slope.ts";
export { DPRIME } from "./dprime.ts";
export { ENTROPY_ACROSS } from "./entropy_across.ts";
export { ENTROPY_WITHIN } from "./entropy_within.ts";
export { EXCLUSIVITY } from "./exclusivity.ts";
export { GINI_ACROSS } from "./gini_across.ts";
export { GINI_WITHIN } from "./gini_within.ts";
export { LayerLayout } from "./layer_layout.ts";
export { MARGIN } from "./margin.ts";
export { MEAN_T } from "./mean_t.ts";
export {
  type ChannelCounts,
  type ChannelMap,
  LEAST_PER_CHANNEL,
  type Measure,
  type Measured,
  measured,
  type MeasureDescription,
  type MeasureGroup,
  type NetworkContext,
  type NetworkMeasure,
  type PlacementMeasure,
  type SelectionContext,
  type SelectionMeasure,
  type UnitContext,
  type UnitMeasure,
  unmeasured,
} from "./measure.ts";
export { MORAN_WITHIN } from "./moran_within.ts";
export { PEAK_WITHIN } from "./peak_within.ts";
export { PlacementMeter } from "./placement.ts";
export { PlacementNull, type PlacementSpread } from "./placement_null.ts";
export { PROPORTION } from "./proportion.ts";
export { MEASURES } from "./registry.ts";
export { RESPONSE } from "./response.ts";
export { SELECTIVITY_INDEX } from "./selectivity_index.ts";
export { SPARSENESS } from "./sparseness.ts";
