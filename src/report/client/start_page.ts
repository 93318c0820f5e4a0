import { drawFigure, type LiveFigure } from "./draw_figure.ts";
import { figureActions } from "./figure_actions.ts";
import { readFragment } from "./fragment.ts";
import type { PageData } from "./page_data.ts";
import { pageState } from "./page_state.ts";
import { showTable } from "./show_table.ts";
import { unpack } from "./unpack.ts";

/** A figure this near to the window is drawn; the others wait with the drawing that the page came with. */
const NEAR = "50% 0px";

/** Brings the page to life: controls, figures where the reader is, downloads, and the reader's choices in the address. */
export async function startPage(): Promise<void> {
  const data = JSON.parse(await unpack("page-data")) as PageData;
  const controls = document.getElementById("controls") as HTMLFormElement;
  const state = pageState(data, controls);
  const page = document.documentElement;

  const highlight = (family: string): void => {
    for (const one of live) one.highlight(family);
    for (const marked of document.querySelectorAll<HTMLElement>("[data-family]")) {
      marked.classList.toggle("highlighted", family !== "" && marked.dataset.family === family);
    }
  };
  const say = (text: string): void => void (document.getElementById("status")!.textContent = text);
  const tools = { data, onHover: highlight, say };
  const live: LiveFigure[] = data.figures.map((figure) =>
    drawFigure(tools, figure, document.getElementById(`figure-${figure.id}`)!)
  );
  const near = new Set<LiveFigure>();
  const stale = new Set<LiveFigure>(live);
  const update = async (one: LiveFigure): Promise<void> => {
    stale.delete(one);
    await one.update(state.selection(), state.wanted(one.figure));
    const rows = one.element.querySelector<HTMLElement>(".rows")!;
    if (!rows.hidden) showTable(rows, one.figure.columns, one.rows());
  };
  let changes = 0;
  /** Where the address leads, until the reader goes elsewhere. */
  let goal: HTMLElement | null = null;
  /** Draws what is near and not as the controls say, what the reader sees first; a frame at a time, unless they change again. */
  const draw = async (): Promise<void> => {
    const change = ++changes;
    delete page.dataset.settled;
    const inSight = ({ element }: LiveFigure): boolean => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    for (const one of [...near].sort((a, b) => Number(inSight(b)) - Number(inSight(a)))) {
      if (!stale.has(one)) continue;
      if (!inSight(one)) await new Promise(requestAnimationFrame);
      if (change !== changes) return;
      await update(one);
    }
    // What was drawn may have moved the place that the address names.
    goal?.scrollIntoView({ behavior: "instant" });
    page.dataset.settled = String(change);
  };
  const updateAll = async (): Promise<void> => {
    for (const one of live) {
      stale.add(one);
      delete one.element.dataset.drawn;
    }
    say(state.summary());
    await draw();
  };

  for (const one of live) {
    const { id } = one.figure;
    figureActions(one, {
      file: `${data.name}-${id}`,
      ready: () => update(one),
      link() {
        state.choose("at", `figure-${id}`);
        return location.href;
      },
      say,
    });
    for (const control of one.element.querySelectorAll<HTMLSelectElement>("select[data-column]")) {
      control.addEventListener("change", async () => {
        state.choose(`${id}.${control.dataset.column}`, control.value);
        await update(one);
      });
    }
  }
  controls.addEventListener("input", async () => {
    state.fromControls();
    await updateAll();
  });
  controls.addEventListener("reset", async (event) => {
    event.preventDefault();
    state.fromAddress("");
    await updateAll();
  });
  addEventListener("hashchange", async () => {
    const read = readFragment(location.hash);
    // A plain section link keeps what the reader has chosen.
    if (Object.keys(read).length === 1 && read.at) return state.choose("at", read.at);
    state.fromAddress(location.hash);
    await updateAll();
  });
  for (const marked of document.querySelectorAll<HTMLElement>("[data-family]")) {
    for (const on of ["pointerenter", "focusin"]) marked.addEventListener(on, () => highlight(marked.dataset.family!));
    for (const off of ["pointerleave", "focusout"]) marked.addEventListener(off, () => highlight(""));
  }
  addEventListener("resize", () => live.forEach((one) => one.fit()));
  // Paper shows every figure as the controls say.
  addEventListener("beforeprint", () => [...stale].forEach(update));

  say(state.summary());
  page.dataset.ready = "";
  const section = state.section();
  if (section !== null) {
    goal = document.getElementById(section);
    goal?.closest("details")?.setAttribute("open", "");
    goal?.scrollIntoView({ behavior: "instant" });
    for (const own of ["wheel", "touchstart", "pointerdown", "keydown"]) {
      addEventListener(own, () => goal = null, { once: true, passive: true });
    }
  }
  const byElement = new Map<Element, LiveFigure>(live.map((one) => [one.element, one]));
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      near[isIntersecting ? "add" : "delete"](byElement.get(target)!);
    }
    draw();
  }, { rootMargin: NEAR });
  for (const { element } of live) observer.observe(element);
}
