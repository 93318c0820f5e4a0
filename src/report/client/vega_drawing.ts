import type * as Vega from "vega";
import { expressionInterpreter } from "vega-interpreter";
import type { Layout } from "../figures/figure.ts";
import type { Drawing, Mark, Readout } from "./drawing.ts";
import type { PageFigure } from "./page_data.ts";
import { hideTooltip, showTooltip } from "./show_tooltip.ts";

/** As much of an item of Vega's scene as tells what a mark says; Vega keeps it on the mark's element. */
interface Item {
  readonly tooltip?: unknown;
  readonly mark?: { readonly marktype: string; readonly group?: unknown };
}

/** Marks that stand for one number each; a line or an area stands for many. */
const SINGLE = new Set(["symbol", "rect", "image"]);

/**
 * A drawing by Vega.
 *
 * @param onHover Told the family under the pointer, or nothing.
 */
export function vegaDrawing(
  vega: typeof Vega,
  specs: NonNullable<PageFigure["specs"]>,
  onHover: (family: string) => void,
): Drawing {
  const container = document.createElement("div");
  let layout: Layout | null = null;
  let highlighted = "";
  let view: Vega.View | null = null;
  const open = (wanted: Layout): Vega.View => {
    view?.finalize();
    layout = wanted;
    const opened = new vega.View(vega.parse(specs[wanted], undefined, { ast: true }), {
      // The page's policy forbids code made from text.
      expr: expressionInterpreter,
      renderer: "svg",
      container,
      hover: true,
      logLevel: vega.Error,
    });
    opened.tooltip((_handler, event, _item, value) => {
      if (value === null || value === undefined || value === "") hideTooltip();
      else showTooltip(value as Readout, { x: event.clientX, y: event.clientY });
    });
    opened.addEventListener("mouseover", (_event, item) => onHover(String(item?.datum?.family ?? "")));
    opened.addEventListener("mouseout", () => onHover(""));
    return opened;
  };
  return {
    container,
    async show(rows, wanted, chosen) {
      if (view === null || layout !== wanted) view = open(wanted);
      view.data("table", rows.map((row) => ({ ...row }))).signal("chosen", chosen).signal("highlight", highlighted);
      await view.runAsync();
    },
    highlight(family) {
      if (family === highlighted) return;
      highlighted = family;
      view?.signal("highlight", family).runAsync();
    },
    svg: async () => await view!.toSVG(),
    marks: () =>
      [...container.querySelectorAll("svg path, svg rect, svg image")].flatMap((element): Mark[] => {
        const item = (element as Element & { __data__?: Item }).__data__;
        if (
          !item?.mark || !SINGLE.has(item.mark.marktype) || typeof item.tooltip !== "object" || !item.tooltip
        ) return [];
        return [{ element, panel: item.mark.group, says: item.tooltip as Readout }];
      }),
  };
}
