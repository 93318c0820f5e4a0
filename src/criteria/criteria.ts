import { CONJUNCTION } from "./conjunction.ts";
import { CONJUNCTION_FIXED } from "./conjunction_fixed.ts";
import { CONJUNCTION_MAX } from "./conjunction_max.ts";
import type { Criterion } from "./criterion.ts";
import { DPRIME_THRESHOLD } from "./dprime_threshold.ts";
import { LU_WANG } from "./lu_wang.ts";
import { PRINCE } from "./prince.ts";
import { RANKSUM } from "./ranksum.ts";
import { RATIO } from "./ratio.ts";
import { TDANN, TDANN_12, TDANN_2, TDANN_5 } from "./tdann.ts";
import { TOPK } from "./topk.ts";

/** Every criterion that has a name, the default first. */
export const CRITERIA: readonly Criterion[] = [
  CONJUNCTION_MAX,
  CONJUNCTION,
  CONJUNCTION_FIXED,
  LU_WANG,
  PRINCE,
  TDANN,
  TDANN_2,
  TDANN_5,
  TDANN_12,
  DPRIME_THRESHOLD,
  RATIO,
  TOPK,
  RANKSUM,
];
