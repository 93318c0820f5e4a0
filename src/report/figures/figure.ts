import type { TopLevelSpec } from "vega-lite";
import type { Results } from "../../results/mod.ts";
import type { Family } from "../_families.ts";
import type { LayerSlots } from "../_layer_slots.ts";

/** What a figure is drawn from. */
export interface FigureInput {
  readonly results: Results;
  readonly families: readonly Family[];
  readonly layers: LayerSlots;
}

/** A row of a figure's data, and of its CSV. A list becomes one cell, joined by spaces. */
export type FigureRow = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

/** Room for a figure: a page's column, or a phone. */
export type Layout = "wide" | "narrow";

/** A choice that belongs to one figure alone, among the values of one of its columns. */
export interface FigureChoice {
  readonly column: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly initial: string;
}

/**
 * How the page's controls pick rows. `category`: `any` shows every category where the reader chose all of them, and never
 * the rows of the category `all`; `exact` shows just those then. `layer` keeps each network's layer nearest to the chosen depth.
 */
export interface FigureFilters {
  readonly category?: "any" | "exact";
  readonly layer?: true;
  readonly criterion?: true;
  readonly networks?: true;
}

/** One figure: its rows, how controls pick among them and how Vega-Lite draws them from the data set `table`. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** One sentence on how to read it. */
  readonly reading: string;
  /** What a screen reader says in its place. */
  readonly description: string;
  /** Columns of the CSV, in order; other fields of the rows only serve the drawing. */
  readonly columns: readonly string[];
  readonly rows: readonly FigureRow[];
  readonly filters: FigureFilters;
  readonly choices: readonly FigureChoice[];
  spec(layout: Layout): TopLevelSpec;
}
