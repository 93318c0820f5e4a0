export { CONJUNCTION } from "./conjunction.ts";
export { CONJUNCTION_MAX } from "./conjunction_max.ts";
export { DPRIME } from "./dprime.ts";
export { LU_WANG } from "./lu_wang.ts";
export { PRINCE } from "./prince.ts";
export { RANKSUM } from "./ranksum.ts";
export { RATIO } from "./ratio.ts";
export { TDANN, TDANN_12, TDANN_2, TDANN_5 } from "./tdann.ts";
export { TOPK } from "./topk.ts";
