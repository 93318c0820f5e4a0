export { free } from "./free.ts";
export {
  type MomentGroup,
  MomentPooling,
  type PooledCondition,
  type Screen,
  type Screened,
  type ScreenTest,
} from "./moment_pooling.ts";
export { RowProducts } from "./row_products.ts";
