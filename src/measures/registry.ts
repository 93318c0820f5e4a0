import { CONSISTENCY } from "./consistency.ts";
import { DEPTH_SLOPE } from "./depth_slope.ts";
import { DPRIME } from "./dprime.ts";
import { ENTROPY_ACROSS } from "./entropy_across.ts";
import { ENTROPY_WITHIN } from "./entropy_within.ts";
import { EXCLUSIVITY } from "./exclusivity.ts";
import { GINI_ACROSS } from "./gini_across.ts";
import { GINI_WITHIN } from "./gini_within.ts";
import { MARGIN } from "./margin.ts";
import { MEAN_T } from "./mean_t.ts";
import type { Measure } from "./measure.ts";
import { MORAN_WITHIN } from "./moran_within.ts";
import { PEAK_WITHIN } from "./peak_within.ts";
import { PROPORTION } from "./proportion.ts";
import { RESPONSE } from "./response.ts";
import { SELECTIVITY_INDEX } from "./selectivity_index.ts";
import { SPARSENESS } from "./sparseness.ts";

/** Every measure, in the order of tables. */
export const MEASURES: readonly Measure[] = [
  PROPORTION,
  MEAN_T,
  DPRIME,
  SELECTIVITY_INDEX,
  SPARSENESS,
  EXCLUSIVITY,
  ENTROPY_WITHIN,
  GINI_WITHIN,
  MORAN_WITHIN,
  PEAK_WITHIN,
  ENTROPY_ACROSS,
  GINI_ACROSS,
  MARGIN,
  RESPONSE,
  CONSISTENCY,
  DEPTH_SLOPE,
];
