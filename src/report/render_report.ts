import type { Results } from "../results/mod.ts";
import { controlBar } from "./_controls.ts";
import { runFamilies } from "./_families.ts";
import { figureBlock } from "./_figure_block.ts";
import { formatCount } from "./_format.ts";
import { type Content, type Html, markup } from "./_html.ts";
import { firstScreen, firstScreenImages } from "./_first_screen.ts";
import { type InlineScript, inlineScript } from "./_inline_script.ts";
import { headline, lead } from "./_lead.ts";
import { notices } from "./_notices.ts";
import { outOfDomain } from "./_out_of_domain.ts";
import { pack } from "./_pack.ts";
import { page } from "./_page.ts";
import { pictureIndex, pictureSymbols } from "./_pictures.ts";
import { SECTIONS } from "./_sections.ts";
import { trustLine, trustStrip } from "./_trust.ts";
import { layerSlots } from "./_layer_slots.ts";
import { CLIENT_SCRIPT } from "./_client_script.ts";
import { decodeRows, type EncodedRows } from "./client/decode_rows.ts";
import type { PageData, PageFigure } from "./client/page_data.ts";
import type { FigureInput } from "./figures/figure.ts";
import type { PageAssets } from "./page_assets.ts";

/**
 * The report of a run: one HTML file that carries everything it needs and opens from anywhere, offline.
 *
 * @param results What {@linkcode readResults} or {@linkcode writeResults} gave; the page is a function of it alone.
 * @param assets What {@linkcode readPageAssets} gave.
 * @param options.picture The address of a picture of the page, for previews of links to it.
 * @default none
 * @returns The page's text.
 * @throws {Error} Where a layer lacks a target category, or a figure cannot be drawn from the results.
 */
export async function renderReport(
  results: Results,
  assets: PageAssets,
  { picture }: { readonly picture?: string } = {},
): Promise<string> {
  checkTargets(results);
  const families = runFamilies(results);
  const layers = layerSlots(results);
  const input: FigureInput = { results, families, layers };
  const initial = { category: "all", layer: layers.initial, criterion: results.criterion.name };
  const selection = { ...initial, families: families.map((family) => family.id), choices: {} };
  const drawn: PageFigure[] = [];
  const tables = new Map<string, { rows: EncodedRows; index: number }>();
  const sections: { id: string; title: string; body: Content }[] = [];
  for (const { id, title, figures, render } of SECTIONS) {
    const blocks: Html[] = [];
    for (const make of figures) {
      const figure = make(input);
      if (figure.rows.length === 0) continue;
      const { block, rows, live } = await figureBlock(figure, selection, layers.nearest, drawn.length + 1);
      blocks.push(block);
      const text = JSON.stringify(rows);
      if (!tables.has(text)) tables.set(text, { rows, index: tables.size });
      drawn.push({ ...live, table: tables.get(text)!.index });
    }
    const body = markup`${render(results, blocks)}`;
    if (body.toString() !== "") sections.push({ id, title, body });
  }
  const data: PageData = {
    name: `${results.study}-${results.id}`,
    run: `Fusiform · study ${results.study} · run ${results.id}`,
    figures: drawn,
    tables: [...tables.values()].map(({ rows }) => rows),
    nearest: layers.nearest,
    initial,
    families: selection.families,
  };
  const index = pictureIndex(results);
  const shown = new Set([
    ...shownPictures(drawn, data.tables),
    ...firstScreenImages(results, layers).flatMap((id) => index.get(id) ?? []),
  ]);
  const [title, summary] = [headline(results), lead(results, layers)];
  // The claims belong to the first screen; what follows them is found by the list of sections.
  const [opening, rest] = [sections.filter(({ id }) => id === "claims"), sections.filter(({ id }) => id !== "claims")];
  const body = markup`<a class="skip" href="#claims">Skip to the claims</a>
<header>
${outOfDomain(results)}
<p class="kicker">${kicker(results)}</p>
<h1>${title}</h1>
<p class="lead">${summary}</p>
${families.length > 0 && trustLine(results, layers)}
${notices(results)}
</header>
<main>
${firstScreen(results, layers)}
${opening.map(sectionMarkup)}
${families.length > 0 && trustStrip(results, layers)}
<nav aria-label="Sections"><ol>${rest.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
${drawn.length > 0 ? controlBar(results, families, layers) : ""}
${rest.map(sectionMarkup)}
</main>
<footer><p>Made by Fusiform ${results.version} from <code>results.json</code> of run ${results.id}; the page is a function
of that file alone and loads nothing from anywhere.</p></footer>
${pictureSymbols(results, shown)}
<script type="text/plain" id="page-data">${await pack(JSON.stringify(data))}</script>
${drawn.length > 0 && markup`<script type="text/plain" id="page-vega">${await pack(assets.vega)}</script>`}`;
  const [head, vega, client] = await reportScripts(assets);
  return page({
    title: `${title} (${results.study} ${results.id})`,
    description: summary,
    picture,
    version: results.version,
    families,
    body,
    head,
    scripts: drawn.length > 0 ? [client] : [],
    packed: drawn.length > 0 ? [vega] : [],
  });
}

function checkTargets({ networks, targets }: Results): void {
  for (const { id, layers } of networks) {
    for (const layer of layers) {
      const missing = targets.find((target) => !(target in layer.categories));
      if (missing === undefined) continue;
      throw new Error(
        `Cannot render the report: layer "${layer.name}" of "${id}" has no "${missing}"; expected every target`,
      );
    }
  }
}

/** What was run, in a line. */
function kicker({ study, id, networks, stimuli }: Results): string {
  const run = networks.filter(({ status }) => status === "run").length;
  const images = Object.values(stimuli.perCondition).reduce((sum, count) => sum + count, 0);
  return `Fusiform · study ${study} · ${formatCount(run)} ${run === 1 ? "network" : "networks"} · ${
    formatCount(images)
  } images · run ${id}`;
}

function sectionMarkup({ id, title, body }: { id: string; title: string; body: Content }): Html {
  return markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>
`;
}

/** Tells the style sheet that controls work, before anything is shown. */
const MARK_SCRIPT = 'document.documentElement.classList.add("js")';

/** The scripts of every report: one before anything is shown, Vega, and the page's own. */
export function reportScripts({ vega }: PageAssets): Promise<InlineScript[]> {
  return Promise.all([MARK_SCRIPT, vega, CLIENT_SCRIPT].map(inlineScript));
}

/** The numbers of the pictures that any figure uses. */
function shownPictures(figures: readonly PageFigure[], tables: readonly EncodedRows[]): Set<number> {
  const shown = figures.filter(({ atlas }) => atlas !== undefined).flatMap(({ table }) =>
    decodeRows(tables[table]).flatMap((row) => [row.mostPictures, row.leastPictures].flat())
  );
  return new Set(shown.filter((picture) => typeof picture === "number" && picture >= 0) as number[]);
}
