import type { Drawing, Mark } from "./drawing.ts";
import { hideTooltip, showTooltip, spoken } from "./show_tooltip.ts";

/** A tap this near to a mark, in pixels, means it. */
const REACH = 24;

interface PlacedMark extends Mark {
  readonly x: number;
  readonly y: number;
}

/**
 * Lets the reader ask a figure's marks for their numbers by tap and by key: left and right go through a panel's marks and on to
 * the next panel, up and down to the nearest mark above or below, Home and End to the first and the last; Escape leaves.
 *
 * @param canvas Takes the focus.
 * @param drawing What is drawn now; null before the first drawing.
 * @param say Told what the mark says, for a screen reader.
 */
export function readout(canvas: HTMLElement, drawing: () => Drawing | null, say: (text: string) => void): void {
  let current: Element | null = null;
  const go = (mark: PlacedMark | undefined): void => {
    leave();
    if (mark === undefined) return;
    current = mark.element;
    current.classList.add("asked");
    const { left, right, top, bottom } = current.getBoundingClientRect();
    showTooltip(mark.says, { x: (left + right) / 2, y: (top + bottom) / 2 });
    say(spoken(mark.says));
  };
  const leave = (): void => {
    current?.classList.remove("asked");
    current = null;
    hideTooltip();
  };
  canvas.addEventListener("click", ({ clientX, clientY }) => {
    const distance = ({ x, y }: PlacedMark): number => Math.hypot(x - clientX, y - clientY);
    const marks = placedMarks(drawing());
    const hit = marks.findLast(({ element }) => contains(element.getBoundingClientRect(), clientX, clientY));
    const nearest = hit ?? marks.sort((a, b) => distance(a) - distance(b)).find((mark) => distance(mark) <= REACH);
    go(nearest);
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.target !== canvas || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return leave();
    const marks = inOrder(placedMarks(drawing()));
    const at = marks.findIndex(({ element }) => element === current);
    const next = nextMark(marks, at, event.key);
    if (next === null) return;
    event.preventDefault();
    marks[next].element.scrollIntoView({ block: "nearest" });
    go(marks[next]);
  });
  canvas.addEventListener("blur", leave);
}

function contains({ left, right, top, bottom }: DOMRect, x: number, y: number): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

function placedMarks(drawing: Drawing | null): PlacedMark[] {
  return (drawing?.marks() ?? []).map((mark) => {
    const { left, right, top, bottom } = mark.element.getBoundingClientRect();
    return { ...mark, x: (left + right) / 2, y: (top + bottom) / 2 };
  });
}

/** Panel by panel, from left to right, and from top to bottom where marks stand above one another. */
function inOrder(marks: readonly PlacedMark[]): PlacedMark[] {
  const panels = [...new Set(marks.map(({ panel }) => panel))];
  return [...marks].sort((a, b) =>
    panels.indexOf(a.panel) - panels.indexOf(b.panel) || Math.round(a.x - b.x) || a.y - b.y
  );
}

/** The index of the mark that a key leads to; null where the key is none of these. */
function nextMark(marks: readonly PlacedMark[], at: number, key: string): number | null {
  if (marks.length === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return marks.length - 1;
  if (!/^Arrow/.test(key)) return null;
  if (at < 0) return 0;
  if (key === "ArrowRight") return Math.min(at + 1, marks.length - 1);
  if (key === "ArrowLeft") return Math.max(at - 1, 0);
  const sign = key === "ArrowDown" ? 1 : -1;
  const from = marks[at];
  const cost = ({ x, y }: PlacedMark): number => Math.abs(y - from.y) + 3 * Math.abs(x - from.x);
  let best = at;
  for (const [index, mark] of marks.entries()) {
    if (mark.panel !== from.panel || sign * (mark.y - from.y) <= 0.5) continue;
    if (best === at || cost(mark) < cost(marks[best])) best = index;
  }
  return best;
}
