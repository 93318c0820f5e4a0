import type { Family } from "./_families.ts";
import { type Content, markup, trusted } from "./_html.ts";
import { pageStyle } from "./_style.ts";

/** The frame that every page shares: nothing is loaded from anywhere, whatever the contents say. */
export function page(
  options: { title: string; description?: string; version: string; families?: readonly Family[]; body: Content },
): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Fusiform ${options.version}">
<title>${options.title}</title>
<meta property="og:type" content="article">
<meta property="og:site_name" content="Fusiform">
<meta property="og:title" content="${options.title}">${
    options.description !== undefined && markup`
<meta name="description" content="${options.description}">
<meta property="og:description" content="${options.description}">`
  }
<style>${trusted(pageStyle(options.families ?? []))}</style>
<script>document.documentElement.classList.add("js")</script>
</head>
<body>
${options.body}
</body>
</html>
`.toString();
}

/** Nothing may be fetched from anywhere, and no code may be made from text: Vega interprets its expressions. */
const POLICY = "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; " +
  "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
