import type { Results } from "../results/mod.ts";
import { bibliography, citeAs } from "./_citation.ts";
import { claimsTable, multiverseTables } from "./_claims.ts";
import { controlBar } from "./_controls.ts";
import { runFamilies } from "./_families.ts";
import { figureBlock } from "./_figure_block.ts";
import { type Content, type Html, markup, scriptJson, trusted } from "./_html.ts";
import { leadPair, leadSentences } from "./_lead.ts";
import { methodsParagraph } from "./_methods.ts";
import { networksSection, notRunSection } from "./_networks.ts";
import { notices } from "./_notices.ts";
import { page } from "./_page.ts";
import { criteriaTable, provenanceSection } from "./_provenance.ts";
import { stimuliSection } from "./_stimuli.ts";
import { tapSlots } from "./_tap_slots.ts";
import { clientScript } from "./client/mod.ts";
import type { EncodedRows } from "./client/decode_rows.ts";
import type { PageData, PageFigure } from "./client/page_data.ts";
import type { FigureInput } from "./figures/figure.ts";
import { FIGURES, type Section } from "./figures/mod.ts";
import type { PageAssets } from "./page_assets.ts";

/**
 * The report of a run: one HTML file that carries everything it needs and opens from anywhere, offline.
 *
 * @param results What {@linkcode readResults} or {@linkcode writeResults} gave; the page is a function of it alone.
 * @param assets What {@linkcode readPageAssets} gave.
 * @returns The page's text.
 * @throws {Error} Where a tap lacks a target category, or a figure cannot be drawn from the results.
 */
export async function renderReport(results: Results, assets: PageAssets): Promise<string> {
  checkTargets(results);
  const families = runFamilies(results);
  const taps = tapSlots(results);
  const input: FigureInput = { results, families, taps };
  const initial = { category: "all", tap: taps.initial, criterion: results.criterion.name };
  const selection = { ...initial, families: families.map((family) => family.id), choices: {} };
  const drawn: PageFigure[] = [];
  const tables = new Map<string, { rows: EncodedRows; index: number }>();
  const figures = async (section: Section): Promise<Html[]> => {
    const blocks: Html[] = [];
    for (const make of FIGURES[section]) {
      const figure = make(input);
      if (figure.rows.length === 0) continue;
      const { block, rows, live } = await figureBlock(figure, selection, taps.nearest);
      blocks.push(block);
      const text = JSON.stringify(rows);
      if (!tables.has(text)) tables.set(text, { rows, index: tables.size });
      drawn.push({ ...live, table: tables.get(text)!.index });
    }
    return blocks;
  };
  const sections: ReportSection[] = [
    {
      id: "claims",
      title: "The claims",
      body: [claimsTable(results), await figures("claims"), multiverseTables(results)],
    },
    { id: "differences", title: "What changes with depth", body: await figures("differences") },
    { id: "proportion", title: "How many", body: await figures("proportion") },
    { id: "specificity", title: "How sharply", body: await figures("specificity") },
    { id: "localization", title: "Where", body: await figures("localization") },
    { id: "strength", title: "How strongly", body: await figures("strength") },
    { id: "consistency", title: "How consistently", body: await figures("consistency") },
    { id: "matched", title: "At equal counts", body: await figures("matched") },
    { id: "checks", title: "How far to trust it", body: await figures("checks") },
    { id: "networks", title: "Networks", body: networksSection(results) },
    { id: "not-run", title: "What was not run", body: notRunSection(results) },
    { id: "stimuli", title: "Stimuli", body: stimuliSection(results) },
    {
      id: "limits",
      title: "Limits and confounds",
      body: markup`<ul>${results.limits.map((limit) => markup`<li>${limit}</li>`)}</ul>
<p>Many tests stand in this report, and few are corrected for one another. The p values of differences at several depths are
corrected by Holm’s method within one pair of networks, measure and category; those of permuted labels within one network and
category, over its taps. Verdicts rest on intervals that are not corrected. Nothing is corrected over measures, categories,
criteria, pairs or claims, so that some of the many numbers here pass their bound by chance alone.</p>`,
    },
    {
      id: "methods",
      title: "Methods",
      body: markup`<p class="paste">${methodsParagraph(results)}</p>${criteriaTable(results)}`,
    },
    { id: "provenance", title: "Provenance", body: provenanceSection(results) },
    {
      id: "cite",
      title: "Cite as",
      body: markup`<p class="paste">${citeAs(results)}</p><pre tabindex="0" aria-label="BibTeX">${
        bibliography(results)
      }</pre>`,
    },
  ];
  const present = sections.filter(({ body }) => !(Array.isArray(body) && body.length === 0));
  const data: PageData = {
    name: `${results.suite}-${results.id}`,
    figures: drawn,
    tables: [...tables.values()].map(({ rows }) => rows),
    nearest: taps.nearest,
    initial,
    families: selection.families,
  };
  const question = leadPair(results) === null
    ? "Which units are category-selective?"
    : "What does language change in category-selective units?";
  const body = markup`<a class="skip" href="#claims">Skip to the claims</a>
<header>
<p class="kicker">Fusiform report · suite ${results.suite} · run ${results.id}</p>
<h1>${question}</h1>
${leadSentences(results).map((sentence) => markup`<p class="lead">${sentence}</p>`)}
${notices(results)}
</header>
<nav aria-label="Sections"><ol>${
    present.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)
  }</ol></nav>
<main>
${drawn.length > 0 ? controlBar(results, families, taps) : ""}
${present.map(sectionMarkup)}
</main>
<footer><p>Made by Fusiform ${results.version} from <code>results.json</code> of run ${results.id}; the page is a function
of that file alone and loads nothing from anywhere.</p></footer>
<script type="application/json" id="page-data">${scriptJson(data)}</script>
${drawn.length > 0 ? scripts(assets) : ""}`;
  return page({
    title: `Category selectivity: ${results.suite} ${results.id}`,
    version: results.version,
    families,
    body,
  });
}

function checkTargets({ networks, targets }: Results): void {
  for (const { id, taps } of networks) {
    for (const tap of taps) {
      const missing = targets.find((target) => !(target in tap.categories));
      if (missing === undefined) continue;
      throw new Error(
        `Cannot render the report: tap "${tap.name}" of "${id}" has no "${missing}"; expected every target`,
      );
    }
  }
}

interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly body: Content;
}

function sectionMarkup({ id, title, body }: ReportSection): Html {
  return markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>
`;
}

function scripts(assets: PageAssets): Html {
  return markup`<script>${trusted(assets.vega.replaceAll("</script", "<\\/script"))}</script>
<script>${trusted(clientScript())}</script>`;
}
