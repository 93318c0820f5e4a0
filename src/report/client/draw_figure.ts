import type * as Vega from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { availableChoices } from "./available_choices.ts";
import { decodeRows } from "./decode_rows.ts";
import type { PageData, PageFigure } from "./page_data.ts";
import { type Selection, selectRows } from "./select_rows.ts";
import { showTooltip } from "./show_tooltip.ts";

/** A figure that follows the page's controls. */
export interface LiveFigure {
  readonly figure: PageFigure;
  readonly element: HTMLElement;
  /** The rows it shows now. */
  rows(): ReturnType<typeof decodeRows>;
  /** Shows the rows of a selection. */
  update(selection: Selection, wanted: Readonly<Record<string, string>>): Promise<void>;
  /** Fades all but one family; none where it is empty. */
  highlight(family: string): void;
  /** Draws it anew where the room asks for the other layout. */
  fit(): Promise<void>;
  svg(): Promise<string>;
  png(): Promise<Blob>;
}

/**
 * A figure of the page, live from its first update on: a Vega view takes the place of its drawing once it has drawn.
 *
 * @param onHover Told the family under the pointer, or nothing.
 */
export function drawFigure(
  vega: typeof Vega,
  figure: PageFigure,
  element: HTMLElement,
  data: PageData,
  onHover: (family: string) => void,
): LiveFigure {
  const canvas = element.querySelector<HTMLElement>(".canvas")!;
  let all: ReturnType<typeof decodeRows> | null = null;
  let shown: ReturnType<typeof decodeRows> = [];
  let chosen = "";
  let highlighted = "";
  let layout = "";
  let view: Vega.View | null = null;

  const room = (): "wide" | "narrow" => canvas.clientWidth > 0 && canvas.clientWidth < 600 ? "narrow" : "wide";
  const open = (): Vega.View => {
    view?.finalize();
    layout = room();
    const opened = new vega.View(vega.parse(figure.specs[layout as "wide" | "narrow"], undefined, { ast: true }), {
      // The page's policy forbids code made from text.
      expr: expressionInterpreter,
      renderer: "svg",
      container: document.createElement("div"),
      hover: true,
      logLevel: vega.Error,
    });
    opened.tooltip((_handler, event, _item, value) => showTooltip(event, value));
    opened.addEventListener("mouseover", (_event, item) => onHover(String(item?.datum?.family ?? "")));
    opened.addEventListener("mouseout", () => onHover(""));
    return opened;
  };
  const draw = async (): Promise<void> => {
    canvas.classList.toggle("empty", shown.length === 0);
    for (const button of element.querySelectorAll<HTMLButtonElement>("[data-action]")) {
      button.disabled = shown.length === 0;
    }
    // Vega cannot lay out a grid of no panels.
    if (shown.length > 0) {
      const fresh = view === null || layout !== room();
      if (fresh) view = open();
      view!.data("table", shown.map((row) => ({ ...row }))).signal("chosen", chosen).signal("highlight", highlighted);
      await view!.runAsync();
      if (fresh) canvas.replaceChildren(view!.container()!);
    }
    element.dataset.drawn = String(shown.length);
  };

  return {
    figure,
    element,
    rows: () => shown,
    async update(selection, wanted) {
      all ??= decodeRows(data.tables[figure.table]);
      const { values, options } = availableChoices(
        all,
        figure.filters,
        figure.choices,
        wanted,
        selection,
        data.nearest,
      );
      shown = selectRows(all, figure.filters, { ...selection, choices: values }, data.nearest);
      for (const { column, options: labels } of figure.choices) {
        const control = element.querySelector<HTMLSelectElement>(`select[data-column="${column}"]`)!;
        for (const option of control.options) option.disabled = !options[column].includes(option.value);
        control.value = values[column];
        if (column === "measure") chosen = labels.find(({ value }) => value === values[column])?.label ?? "";
      }
      await draw();
    },
    highlight(family) {
      if (family === highlighted) return;
      highlighted = family;
      view?.signal("highlight", family).runAsync();
    },
    async fit() {
      if (view !== null && layout !== room()) await draw();
    },
    async svg() {
      return await view!.toSVG();
    },
    async png() {
      const drawn = await view!.toCanvas(3);
      return await new Promise<Blob>((resolve, reject) =>
        drawn.toBlob((blob) => blob ? resolve(blob) : reject(new Error("Cannot make a PNG of the figure")), "image/png")
      );
    },
  };
}
