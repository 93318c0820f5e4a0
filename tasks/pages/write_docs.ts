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
  const [guides, others] = [await readGuides(), await otherFiles()];
  const list = guides.map(({ file, title }) => `<li><a href="./${file}">${escapeHtml(title)}</a></li>`).join("");
  const pages = [
    {
      file: "index.html",
      title: "Guides",
      html: `<ul>${list}</ul>${others.map(folderList).join("")}`,
      kind: "guide" as const,
    },
    ...guides.map((page) => ({ ...page, kind: "guide" as const })),
    ...(api === null ? [] : await apiPages(api, exports)).map((page) => ({ ...page, kind: "api" as const })),
  ];
  for (const { file, ...page } of pages) {
    await writeAtomically(join(folder, file), renderSitePage({ ...page, version }));
  }
  const files = others.flatMap(({ folder, names }) => names.map((name) => `${folder}/${name}`));
  for (const file of files) await writeAtomically(join(folder, file), await readFile(new URL(file, GUIDES)));
  return [...pages.map(({ file }) => file), ...files].map((file) => `${DOCS}/${file}`);
}

/** The guides by their names; the first heading of each is its title. */
async function readGuides(): Promise<DocumentedPage[]> {
  const names = (await readdir(GUIDES)).filter((name) => name.endsWith(".md")).sort();
  const folders = (await otherFiles()).map(({ folder }) => folder);
  return await Promise.all(names.map(async (name) => {
    const text = await readFile(new URL(name, GUIDES), "utf8");
    const [, title, body] = /^# (.+)\n([^]*)$/.exec(text) ?? ["", name, text];
    const address = (href: string): string => folders.includes(href) ? `./index.html#${href}` : guideAddress(href);
    return { file: name.replace(/\.md$/, ".html"), title, html: markdownToHtml(body, address) };
  }));
}

/** Guides link to one another, to schemas at the top of the site, and to files beside them. */
function guideAddress(href: string): string {
  if (/^(https?:|#)/.test(href)) return href;
  if (/^[\w-]+\.schema\.json$/.test(href)) return `../${href}`;
  return href.replace(/\.md(#|$)/, ".html$1");
}

/** Files to copy, in folders of `docs/` to which guides link. */
interface FolderFiles {
  readonly folder: string;
  readonly names: readonly string[];
}

async function otherFiles(): Promise<FolderFiles[]> {
  const entries = await readdir(fileURLToPath(GUIDES), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  return await Promise.all(
    folders.map(async (folder) => ({ folder, names: (await readdir(new URL(`${folder}/`, GUIDES))).sort() })),
  );
}

function folderList({ folder, names }: FolderFiles): string {
  const items = names.map((name) => `<li><a href="./${folder}/${name}">${escapeHtml(name)}</a></li>`);
  return `<h2 id="${folder}">${escapeHtml(folder)}</h2><ul>${items.join("")}</ul>`;
}
