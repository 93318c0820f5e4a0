import { options } from "./_choices.ts";
import { atlasSvg } from "./client/atlas_svg.ts";
import { availableChoices } from "./client/available_choices.ts";
import { withEmptyPanels } from "./client/empty_panels.ts";
import { type Selection, selectRows } from "./client/select_rows.ts";
import type { EncodedRows } from "./client/decode_rows.ts";
import type { PageFigure } from "./client/page_data.ts";
import { encodeRows } from "./_encode_rows.ts";
import { compileFigure, figureSvg } from "./_figure_svg.ts";
import { type Html, markup, trusted } from "./_html.ts";
import type { Figure, FigureFilters, FigureRow, Layout } from "./figures/figure.ts";

/** A figure as markup that reads without a script, and what the script needs to bring it to life. */
export interface FigureBlock {
  readonly block: Html;
  readonly rows: EncodedRows;
  readonly live: Omit<PageFigure, "table">;
}

const LAYOUTS: readonly Layout[] = ["wide", "narrow"];

/**
 * Draws a figure for a selection, for a page's column and for a phone, and puts its title, choices, sentence and buttons
 * around it.
 *
 * @param number The figure's number in the page.
 */
export async function figureBlock(
  figure: Figure,
  selection: Selection,
  nearest: Readonly<Record<string, readonly string[]>>,
  number = 1,
): Promise<FigureBlock> {
  const { id, columns, filters, choices, panels } = figure;
  const { values } = availableChoices(figure.rows, filters, choices, {}, selection, nearest);
  const selected = selectRows(figure.rows, filters, { ...selection, choices: values }, nearest);
  const rows = withEmptyPanels(selected, panels, filters, selection);
  const { svgs, look } = await drawings(figure, values, rows);
  const own = choices.map(({ column, label, options: all }) =>
    markup`<label class="choice js-only"><span>${label}</span> <select data-column="${column}">${
      options(all, values[column])
    }</select></label>`
  );
  const button = (action: string, label: string): Html =>
    markup`<button type="button" data-action="${action}" aria-label="Download ${label} of “${figure.title}”">${label}</button>`;
  const block = markup`<figure class="figure" id="figure-${id}">
<h3><a class="number" href="#figure-${id}">Figure ${number}.</a> ${figure.title}</h3>${own}
<div class="canvas${rows.length === 0 && " empty"}" role="img" aria-label="${figure.description} ${figure.reading}">${
    svgs.map((svg, index) => markup`<div class="${LAYOUTS[index]}">${trusted(svg)}</div>`)
  }</div>
<figcaption>${figure.reading} ${follows(filters, selection.criterion)}</figcaption>
<div class="actions js-only">${button("svg", "SVG")}${button("png", "PNG")}${button("csv", "CSV")}<button type="button"
data-action="table" aria-expanded="false" aria-label="Table of “${figure.title}”">Table</button><button type="button"
data-action="link" aria-label="Copy the link to “${figure.title}” as it is shown">Link</button></div>
<div class="rows scroll" tabindex="0" role="region" aria-label="Rows of “${figure.title}”" hidden></div>
</figure>
`;
  const caption = `Figure ${number}. ${figure.title}`;
  return {
    block: figure.folded === undefined ? block : markup`<details class="fold"><summary>${figure.folded}</summary>
${block}</details>
`,
    rows: encodeRows(figure.rows),
    live: { id, caption, columns, filters, choices, panels, ...look },
  };
}

/** The drawings in both layouts, none where there are no rows, and what the page's script draws them from. */
async function drawings(
  figure: Figure,
  values: Readonly<Record<string, string>>,
  rows: readonly FigureRow[],
): Promise<{ svgs: string[]; look: Pick<PageFigure, "specs" | "atlas"> }> {
  if ("atlas" in figure) {
    const { atlas } = figure;
    const svgs = rows.length === 0 ? [] : LAYOUTS.map((layout) => atlasSvg(rows, atlas, layout, false));
    return { svgs, look: { atlas } };
  }
  const chosen = figure.choices.find(({ column }) => column === "measure")?.options
    .find(({ value }) => value === values.measure)?.label ?? "";
  const [wide, narrow] = LAYOUTS.map((layout) => compileFigure(figure.spec(layout), chosen));
  if (rows.length === 0) return { svgs: [], look: { specs: { wide, narrow } } };
  const svgs = [await figureSvg(wide, rows, figure.id), await figureSvg(narrow, rows, `${figure.id}-n`)];
  return { svgs, look: { specs: { wide, narrow } } };
}

/** Which criterion the numbers are of, and whether the control changes that. */
function follows({ criterion }: FigureFilters, chosen: string): Html {
  if (criterion === "none") return markup`<span class="follows">No criterion has a part in this figure.</span>`;
  return criterion === "chosen"
    ? markup`<span class="follows">Criterion: <code data-criterion>${chosen}</code>, as chosen above.</span>`
    : markup`<span class="follows">Criterion: <code>${chosen}</code>, whatever is chosen above.</span>`;
}
