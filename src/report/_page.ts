import type { Family } from "./_families.ts";
import { type Content, markup, trusted } from "./_html.ts";
import type { InlineScript } from "./_inline_script.ts";
import { pageStyle } from "./_style.ts";

/**
 * The frame that every page shares: nothing is loaded from anywhere, whatever the contents say.
 *
 * @param options.picture The address of a picture of the page, for previews of links to it.
 * @param options.style Rules beside those of every page.
 * @param options.pictures Whether pictures stand in the page, or files of the same site are shown too.
 * @param options.head A script that runs before anything is shown.
 * @param options.scripts Scripts that run once the page is there.
 * @param options.packed Scripts that these may start. No other script runs.
 * @param options.policy What the page may do, in place of that.
 */
export function page(
  options: {
    title: string;
    description?: string;
    version: string;
    picture?: string;
    families?: readonly Family[];
    style?: string;
    pictures?: "embedded" | "of the site";
    body: Content;
    head?: InlineScript;
    scripts?: readonly InlineScript[];
    packed?: readonly InlineScript[];
    policy?: string;
  },
): string {
  const { title, description, version, picture, families = [], style = "", pictures = "embedded" } = options;
  const { body, head, scripts = [], packed = [] } = options;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${
    trusted(options.policy ?? reportPolicy([...(head ? [head] : []), ...scripts, ...packed], pictures))
  }">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Fusiform ${version}">
<title>${title}</title>
<meta property="og:type" content="article">
<meta property="og:site_name" content="Fusiform">
<meta property="og:title" content="${title}">${
    description !== undefined && markup`
<meta name="description" content="${description}">
<meta property="og:description" content="${description}">`
  }${
    picture !== undefined && markup`
<meta property="og:image" content="${picture}">
<meta name="twitter:card" content="summary_large_image">`
  }
<style>${trusted(pageStyle(families) + style)}</style>
${head?.element}
</head>
<body>
${body}
${
    scripts.map(({ element }) =>
      markup`${element}
`
    )
  }</body>
</html>
`.toString();
}

/** Nothing may be fetched from anywhere, but for pictures of the site where a page shows them; only these scripts run, and no code may be made from text. */
export function reportPolicy(
  scripts: readonly Pick<InlineScript, "hash">[],
  pictures: "embedded" | "of the site" = "embedded",
): string {
  const allowed = scripts.map(({ hash }) => `'sha256-${hash}'`).join(" ") || "'none'";
  const images = pictures === "embedded" ? "data: blob:" : "'self'";
  return `default-src 'none'; img-src ${images}; style-src 'unsafe-inline'; script-src ${allowed}; ` +
    "base-uri 'none'; form-action 'none'";
}
