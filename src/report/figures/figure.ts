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
 * `criterion`: `chosen` keeps the rows of the chosen criterion; `main` is a figure of the run's main criterion alone; `none`
 * one that no criterion has a part in.
 */
export interface FigureFilters {
  readonly category?: "any" | "exact";
  readonly layer?: true;
  readonly criterion: "chosen" | "main" | "none";
  readonly networks?: true;
}

/** What every figure has: its rows, and how controls pick among them. */
interface FigureParts {
  readonly id: string;
  readonly title: string;
  /** How to read it, in at most 30 words. */
  readonly reading: string;
  /** What a screen reader says in its place. */
  readonly description: string;
  /** Columns of the CSV, in order; other fields of the rows only serve the drawing. */
  readonly columns: readonly string[];
  readonly rows: readonly FigureRow[];
  readonly filters: FigureFilters;
  readonly choices: readonly FigureChoice[];
  /** Categories that keep their panel where there is nothing to draw in it, which the panel then says. */
  readonly panels?: readonly string[];
  /** What stands on the fold of a figure that is closed at first. */
  readonly folded?: string;
}

/** A figure that Vega-Lite draws from the data set `table`. */
export interface ChartFigure extends FigureParts {
  spec(layout: Layout): TopLevelSpec;
}

/** A figure of pictures, maps and profiles of channels, which the page draws by itself. */
export interface AtlasFigure extends FigureParts {
  readonly atlas: AtlasLook;
}

/** What the atlas needs to know beside its rows. */
export interface AtlasLook {
  /** Categories in order. */
  readonly targets: readonly string[];
  /** Conditions of a profile, in order. */
  readonly conditions: readonly string[];
  /** Family to its colour. */
  readonly colors: Readonly<Record<string, string>>;
}

/** One figure of the page. */
export type Figure = ChartFigure | AtlasFigure;
