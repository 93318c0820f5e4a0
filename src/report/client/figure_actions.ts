import { download } from "./download.ts";
import type { LiveFigure } from "./draw_figure.ts";
import { rasterize } from "./export_svg.ts";
// deno-lint-ignore modules/one-way -- through its mod.ts the whole schema would come into the page
import { toCsv } from "../../results/to_csv.ts";
import { showTable } from "./show_table.ts";

/** Pixels of a PNG for each of the drawing's own. */
const SCALE = 3;

/**
 * Makes a figure's buttons work.
 *
 * @param options.file Begins the names of downloaded files.
 * @param options.ready Draws the figure where the reader is quicker than its first drawing.
 * @param options.link The address of the figure as it is shown; asked for, it is also put into the address bar.
 * @param options.say Tells the reader what was done.
 */
export function figureActions(
  live: LiveFigure,
  { file, ready, link, say }: {
    readonly file: string;
    readonly ready: () => Promise<void>;
    readonly link: () => string;
    readonly say: (text: string) => void;
  },
): void {
  const { figure, element } = live;
  const actions: Record<string, (button: HTMLElement) => Promise<void> | void> = {
    csv: () => download(`${file}.csv`, new Blob([toCsv(figure.columns, live.rows())], { type: "text/csv" })),
    svg: async () => download(`${file}.svg`, new Blob([await live.svg()], { type: "image/svg+xml" })),
    png: async () => download(`${file}.png`, await rasterize(await live.svg(), SCALE)),
    table(button) {
      const host = element.querySelector<HTMLElement>(".rows")!;
      host.hidden = !host.hidden;
      button.setAttribute("aria-expanded", String(!host.hidden));
      if (!host.hidden) showTable(host, figure.columns, live.rows());
    },
    async link(button) {
      const copied = await copy(link());
      button.textContent = copied ? "Copied" : "In the address bar";
      say(copied ? "The link to this figure was copied." : "The link to this figure is in the address bar.");
      for (const away of ["blur", "pointerleave"]) {
        button.addEventListener(away, () => button.textContent = "Link", { once: true });
      }
    },
  };
  element.addEventListener("click", async ({ target }) => {
    const button = target as HTMLElement;
    const action = button.dataset.action;
    if (!action) return;
    if (element.dataset.drawn === undefined) await ready();
    await actions[action](button);
  });
}

/** Puts text on the clipboard, where the browser lets the page. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
