import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { escapeHtml, renderSitePage } from "../../src/report/mod.ts";
import { writeAtomically } from "../../src/results/mod.ts";
import { apiPages, type DocumentedPage } from "./api_pages.ts";
import { DOCS } from "./find_runs.ts";
import { markdownToHtml } from "./markdown.ts";
import { checkFolder } from "./run_files.ts";

const GUIDES = new URL("../../docs/", import.meta.url);

/** What the documentation is written from. */
export interface DocsOptions {
  /** The version of Fusiform. */
  readonly version: string;
  /** What `deno doc --json` wrote of the modules; null writes no documentation of the library. */
  readonly api: string | null;
  /** Names of the modules in the package to their files. */
  readonly exports: Readonly<Record<string, string>>;
}

/**
 * Writes the guides of `docs/` and the documentation of the library into the site, under `docs/`.
 *
 * @returns The files written, relative to the site.
 */
export async function writeDocs(site: string, { version, api, exports }: DocsOptions): Promise<string[]> {
  const folder = join(site, DOCS);
  await checkFolder(folder);
  const guides = await readGuides();
  const list = guides.map(({ file, title }) => `<li><a href="./${file}">${escapeHtml(title)}</a></li>`).join("");
  const pages = [
    { file: "index.html", title: "Guides", html: `<ul>${list}</ul>`, kind: "guide" as const },
    ...guides.map((page) => ({ ...page, kind: "guide" as const })),
    ...(api === null ? [] : await apiPages(api, exports)).map((page) => ({ ...page, kind: "api" as const })),
  ];
  for (const { file, ...page } of pages) {
    await writeAtomically(join(folder, file), renderSitePage({ ...page, version }));
  }
  const others = await otherFiles();
  for (const file of others) await writeAtomically(join(folder, file), await readFile(new URL(file, GUIDES)));
  return [...pages.map(({ file }) => file), ...others].map((file) => `${DOCS}/${file}`);
}

/** The guides by their names; the first heading of each is its title. */
async function readGuides(): Promise<DocumentedPage[]> {
  const names = (await readdir(GUIDES)).filter((name) => name.endsWith(".md")).sort();
  return await Promise.all(names.map(async (name) => {
    const text = await readFile(new URL(name, GUIDES), "utf8");
    const [, title, body] = /^# (.+)\n([^]*)$/.exec(text) ?? ["", name, text];
    return { file: name.replace(/\.md$/, ".html"), title, html: markdownToHtml(body, guideAddress) };
  }));
}

/** Guides link to one another, to schemas at the top of the site, and to files beside them. */
function guideAddress(href: string): string {
  if (/^(https?:|#)/.test(href)) return href;
  if (/^[\w-]+\.schema\.json$/.test(href)) return `../${href}`;
  return href.replace(/\.md(#|$)/, ".html$1");
}

/** Files in folders of `docs/`, to which guides link. */
async function otherFiles(): Promise<string[]> {
  const entries = await readdir(fileURLToPath(GUIDES), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  const files = await Promise.all(
    folders.map(async (name) => (await readdir(new URL(`${name}/`, GUIDES))).sort().map((file) => `${name}/${file}`)),
  );
  return files.flat();
}
