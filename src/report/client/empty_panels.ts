import type { FigureFilters, FigureRow } from "../figures/figure.ts";
import type { Selection } from "./select_rows.ts";

/**
 * The rows of a figure with one more, marked `empty`, for each of its panels in which nothing can be drawn, so that the panel
 * stays and says so. No rows stay none.
 */
export function withEmptyPanels(
  rows: readonly FigureRow[],
  panels: readonly string[] | undefined,
  { category }: FigureFilters,
  selection: Pick<Selection, "category">,
): readonly FigureRow[] {
  if (panels === undefined || rows.length === 0) return rows;
  const wanted = category === "any" && selection.category !== "all"
    ? panels.filter((panel) => panel === selection.category)
    : panels;
  const filled = new Set(rows.filter(({ value }) => value !== null).map((row) => row.category));
  return [...rows, ...wanted.filter((panel) => !filled.has(panel)).map((panel) => ({ category: panel, empty: true }))];
}
