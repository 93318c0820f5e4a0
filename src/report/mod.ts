export * from "./browser.ts";
export { readPageAssets } from "./page_assets.ts";
