import type { Spec } from "vega";
import type { AtlasLook, FigureChoice, FigureFilters } from "../figures/figure.ts";
import type { EncodedRows } from "./decode_rows.ts";

/** A figure as the page's script knows it. */
export interface PageFigure {
  readonly id: string;
  /** Its number and title, as downloads carry them. */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly filters: FigureFilters;
  readonly choices: readonly FigureChoice[];
  readonly panels?: readonly string[] | undefined;
  /** Index of its rows among {@linkcode PageData.tables}. */
  readonly table: number;
  /** How Vega draws it; left out where it is an atlas. */
  readonly specs?: { readonly wide: Spec; readonly narrow: Spec };
  readonly atlas?: AtlasLook;
}

/** What the page's script is given. */
export interface PageData {
  /** Begins the names of downloaded files. */
  readonly name: string;
  /** Names the run in what is downloaded. */
  readonly run: string;
  readonly figures: readonly PageFigure[];
  /** Rows of the figures; two figures of the same rows share them. */
  readonly tables: readonly EncodedRows[];
  readonly nearest: Readonly<Record<string, readonly string[]>>;
  readonly initial: { readonly category: string; readonly layer: number; readonly criterion: string };
  readonly families: readonly string[];
}
