export { comparisonSentence, renderComparison } from "./render_comparison.ts";
export { readPageAssets } from "./page_assets.ts";
export type { PageAssets } from "./page_assets.ts";
export { renderReport } from "./render_report.ts";
export { newestFirst, renderSiteIndex } from "./site_index.ts";
export type { PublishedRun } from "./site_index.ts";
