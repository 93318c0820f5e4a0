export { comparisonSentence, renderComparison } from "./render_comparison.ts";
export { readPageAssets } from "./page_assets.ts";
export type { PageAssets } from "./page_assets.ts";
export { renderReport } from "./render_report.ts";
export { heroImages } from "./hero_images.ts";
export { type RunKind, runKind } from "./run_kind.ts";
export { newestFirst, newestOfKinds, renderSiteIndex } from "./site_index.ts";
export type { PublishedRun } from "./site_index.ts";
