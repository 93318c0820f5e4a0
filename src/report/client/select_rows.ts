import type { FigureFilters, FigureRow } from "../figures/figure.ts";

/** What the reader has chosen. */
export interface Selection {
  /** A target category, or `all`. */
  readonly category: string;
  /** Index of the depth. */
  readonly layer: number;
  readonly criterion: string;
  /** Families shown. */
  readonly families: readonly string[];
  /** Column to value, for the choices that belong to one figure. */
  readonly choices: Readonly<Record<string, string>>;
}

/**
 * The rows that a figure shows under a selection.
 *
 * @param nearest Network (or family) to its layer's name at each depth that can be chosen.
 */
export function selectRows(
  rows: readonly FigureRow[],
  filters: FigureFilters,
  selection: Selection,
  nearest: Readonly<Record<string, readonly string[]>>,
): FigureRow[] {
  return rows.filter((row) => {
    if (filters.category === "exact" && row.category !== selection.category) return false;
    if (filters.category === "any" && row.category === "all") return false;
    if (filters.category === "any" && selection.category !== "all" && row.category !== selection.category) return false;
    if (filters.criterion === "chosen" && row.criterion !== selection.criterion) return false;
    if (filters.networks && !selection.families.includes(String(row.family))) return false;
    if (filters.layer && nearest[String(row.network ?? row.family)]?.[selection.layer] !== row.layer) return false;
    return Object.entries(selection.choices).every(([column, value]) => String(row[column]) === value);
  });
}
