import type { FigureRow, Layout } from "../figures/figure.ts";

/** What a mark says, by name. */
export type Readout = Readonly<Record<string, unknown>>;

/** A mark that the reader can go to. */
export interface Mark {
  readonly element: Element;
  /** Marks of one panel stand together. */
  readonly panel: unknown;
  readonly says: Readout;
}

/** A figure's drawing that follows what it is given. */
export interface Drawing {
  /** The element that holds it. */
  readonly container: HTMLElement;
  /** Draws these rows. */
  show(rows: readonly FigureRow[], layout: Layout, chosen: string): Promise<void>;
  /** Fades all but one family; none where it is empty. */
  highlight(family: string): void;
  /** What is drawn, as SVG that stands alone but for the page's pictures. */
  svg(): Promise<string>;
  /** Its marks in reading order. */
  marks(): Mark[];
}
