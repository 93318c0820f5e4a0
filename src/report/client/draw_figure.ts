import type { FigureRow, Layout } from "../figures/figure.ts";
import { atlasDrawing } from "./atlas_drawing.ts";
import { availableChoices } from "./available_choices.ts";
import { decodeRows } from "./decode_rows.ts";
import type { Drawing } from "./drawing.ts";
import { withEmptyPanels } from "./empty_panels.ts";
import { exportSvg } from "./export_svg.ts";
import { loadVega } from "./load_vega.ts";
import type { PageData, PageFigure } from "./page_data.ts";
import { readout } from "./readout.ts";
import { type Selection, selectRows } from "./select_rows.ts";
import { vegaDrawing } from "./vega_drawing.ts";

/** A figure that follows the page's controls. */
export interface LiveFigure {
  readonly figure: PageFigure;
  readonly element: HTMLElement;
  /** The rows it shows now. */
  rows(): readonly FigureRow[];
  /** Shows the rows of a selection. */
  update(selection: Selection, wanted: Readonly<Record<string, string>>): Promise<void>;
  /** Fades all but one family; none where it is empty. */
  highlight(family: string): void;
  /** Draws it anew where the room asks for the other layout. */
  fit(): Promise<void>;
  /** A file of the drawing, with the run's name. */
  svg(): Promise<string>;
}

/** Narrower canvases, in pixels, get the drawing for phones; the style sheet says the same of the drawings without a script. */
const NARROW = 600;

/**
 * A figure of the page, live from its first update on: a drawing that follows the controls takes the place of those that the
 * page came with.
 *
 * @param onHover Told the family under the pointer, or nothing.
 * @param say Told what a mark says.
 */
export function drawFigure(
  { data, onHover, say }: {
    readonly data: PageData;
    readonly onHover: (family: string) => void;
    readonly say: (text: string) => void;
  },
  figure: PageFigure,
  element: HTMLElement,
): LiveFigure {
  const canvas = element.querySelector<HTMLElement>(".canvas")!;
  let all: FigureRow[] | null = null;
  let shown: FigureRow[] = [];
  let category = "";
  let chosen = "";
  let drawing: Drawing | null = null;
  let layout: Layout | null = null;

  readout(canvas, () => drawing, say);
  const draw = async (): Promise<void> => {
    canvas.classList.toggle("empty", shown.length === 0);
    for (const button of element.querySelectorAll<HTMLButtonElement>("[data-action]:not([data-action=link])")) {
      button.disabled = shown.length === 0;
    }
    // Vega cannot lay out a grid of no panels.
    if (shown.length > 0) {
      layout = canvas.clientWidth > 0 && canvas.clientWidth < NARROW ? "narrow" : "wide";
      const first = drawing === null;
      drawing ??= figure.specs
        ? vegaDrawing(await loadVega(), figure.specs, onHover)
        : atlasDrawing(figure.atlas!, onHover);
      await drawing.show(withEmptyPanels(shown, figure.panels, figure.filters, { category }), layout, chosen);
      if (first) {
        canvas.replaceChildren(drawing.container);
        // A reader can now go from mark to mark.
        canvas.tabIndex = 0;
        canvas.setAttribute("role", "application");
        canvas.setAttribute("aria-roledescription", "figure; arrow keys read its marks");
        drawing.container.setAttribute("aria-hidden", "true");
      }
    }
    element.dataset.drawn = String(shown.length);
  };

  return {
    figure,
    element,
    rows: () => shown,
    async update(selection, wanted) {
      all ??= decodeRows(data.tables[figure.table]);
      const { filters, choices } = figure;
      const { values, options } = availableChoices(all, filters, choices, wanted, selection, data.nearest);
      shown = selectRows(all, filters, { ...selection, choices: values }, data.nearest);
      category = selection.category;
      for (const { column, options: labels } of choices) {
        const control = element.querySelector<HTMLSelectElement>(`select[data-column="${column}"]`)!;
        for (const option of control.options) option.disabled = !options[column].includes(option.value);
        control.value = values[column];
        if (column === "measure") chosen = labels.find(({ value }) => value === values[column])?.label ?? "";
      }
      const named = element.querySelector<HTMLElement>("[data-criterion]");
      if (named) named.textContent = selection.criterion;
      await draw();
    },
    highlight: (family) => drawing?.highlight(family),
    async fit() {
      if (layout !== null && (layout === "narrow") !== canvas.clientWidth < NARROW) await draw();
    },
    svg: async () => exportSvg(await drawing!.svg(), { run: data.run, caption: figure.caption }),
  };
}
