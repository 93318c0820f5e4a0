import { markup, trusted } from "./_html.ts";
import { page } from "./_page.ts";
import { SITE_STYLE, siteFrame } from "./_site_frame.ts";

/**
 * A page of the site beside the reports: a guide, or the documentation of the library.
 *
 * @param options.title Text.
 * @param options.html Markup as it stands: it is not escaped.
 * @param options.kind What it is, which decides its widths.
 * @param options.version The version of Fusiform that it is about.
 * @returns The text of a page one folder below the index.
 */
export function renderSitePage(
  { title, html, kind, version }: { title: string; html: string; kind: "guide" | "api"; version: string },
): string {
  const body = siteFrame({
    title,
    root: "../",
    body: markup`<div class="${kind}">${trusted(html)}</div>`,
    footer: `Fusiform ${version}.`,
  });
  return page({ title: `${title} (Fusiform)`, version, body, style: SITE_STYLE });
}
