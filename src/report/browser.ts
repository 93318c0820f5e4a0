export { comparisonSentence, renderComparison } from "./render_comparison.ts";
export type { PageAssets } from "./page_assets.ts";
export { renderReport } from "./render_report.ts";
export { escapeHtml } from "./_html.ts";
export { heroImages } from "./hero_images.ts";
export { type RunKind, runKind } from "./run_kind.ts";
export { renderSitePage } from "./site_page.ts";
export { newestFirst, newestOfKinds, renderSiteIndex } from "./site_index.ts";
export type { PublishedRun } from "./published_run.ts";
