export { free } from "./free.ts";
export { MomentPooling } from "./moment_pooling.ts";
export { RowProducts } from "./row_products.ts";
