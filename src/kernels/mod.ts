export { free } from "./free.ts";
export { type MomentGroup, MomentPooling, type PooledCondition } from "./moment_pooling.ts";
export type { Screen, Screened, ScreenTest } from "./screen.ts";
export { RowProducts } from "./row_products.ts";
