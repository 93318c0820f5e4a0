export { RowProducts } from "./row_products.ts";
