import type { Spec } from "vega";
import type { FigureChoice, FigureFilters } from "../figures/figure.ts";
import type { EncodedRows } from "./decode_rows.ts";

/** A figure as the page's script knows it. */
export interface PageFigure {
  readonly id: string;
  readonly columns: readonly string[];
  readonly filters: FigureFilters;
  readonly choices: readonly FigureChoice[];
  /** Index of its rows among {@linkcode PageData.tables}. */
  readonly table: number;
  readonly specs: { readonly wide: Spec; readonly narrow: Spec };
}

/** What the page's script is given. */
export interface PageData {
  /** Begins the names of downloaded files. */
  readonly name: string;
  readonly figures: readonly PageFigure[];
  /** Rows of the figures; two figures of the same rows share them. */
  readonly tables: readonly EncodedRows[];
  readonly nearest: Readonly<Record<string, readonly string[]>>;
  readonly initial: { readonly category: string; readonly layer: number; readonly criterion: string };
  readonly families: readonly string[];
}
