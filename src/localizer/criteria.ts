import {
  CONJUNCTION,
  CONJUNCTION_MAX,
  DPRIME,
  LU_WANG,
  PRINCE,
  RANKSUM,
  RATIO,
  TDANN,
  TDANN_12,
  TDANN_2,
  TDANN_5,
  TOPK,
} from "./criteria/mod.ts";
import type { Criterion } from "./criterion.ts";

/** Every criterion that has a name, the default first. */
export const CRITERIA: readonly Criterion[] = [
  CONJUNCTION,
  CONJUNCTION_MAX,
  LU_WANG,
  PRINCE,
  TDANN,
  TDANN_2,
  TDANN_5,
  TDANN_12,
  DPRIME,
  RATIO,
  TOPK,
  RANKSUM,
];
