import type { Cell } from "./replicates.ts";

/** The numbers of one layer with their replicates, by criterion, category and measure. Plain data: it crosses threads as it is. */
export type CellTable = Map<string, Cell>;

function key(criterion: string, category: string, measure: string): string {
  return `${criterion}\n${category}\n${measure}`;
}

/** Keeps a number; a measure of places is kept as its excess over random placement. */
export function setCell(
  table: CellTable,
  [criterion, category, measure]: readonly [string, string, string],
  cell: Cell,
): void {
  table.set(key(criterion, category, measure), cell);
}

/** The number, or one without a value where it was not measured. */
export function getCell(
  table: ReadonlyMap<string, Cell>,
  [criterion, category, measure]: readonly [string, string, string],
): Cell {
  return table.get(key(criterion, category, measure)) ?? { value: null, replicates: null, reason: "was not measured" };
}
