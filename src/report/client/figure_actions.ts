import { download } from "./download.ts";
import type { LiveFigure } from "./draw_figure.ts";
// deno-lint-ignore modules/one-way -- through its mod.ts the whole schema would come into the page
import { toCsv } from "../../results/to_csv.ts";
import { showTable } from "./show_table.ts";

/**
 * Makes a figure's buttons work.
 *
 * @param file Begins the names of downloaded files.
 * @param ready Draws the figure where the reader is quicker than its first drawing.
 */
export function figureActions(live: LiveFigure, file: string, ready: () => Promise<void>): void {
  const { figure, element } = live;
  const actions: Record<string, () => Promise<void> | void> = {
    csv: () => download(`${file}.csv`, new Blob([toCsv(figure.columns, live.rows())], { type: "text/csv" })),
    svg: async () => download(`${file}.svg`, new Blob([await live.svg()], { type: "image/svg+xml" })),
    png: async () => download(`${file}.png`, await live.png()),
    table() {
      const host = element.querySelector<HTMLElement>(".rows")!;
      host.hidden = !host.hidden;
      element.querySelector("[data-action=table]")!.setAttribute("aria-expanded", String(!host.hidden));
      if (!host.hidden) showTable(host, figure.columns, live.rows());
    },
  };
  element.addEventListener("click", async (event) => {
    const action = (event.target as HTMLElement).dataset.action;
    if (!action) return;
    if (element.dataset.drawn === undefined) await ready();
    await actions[action]();
  });
}
