import type { Cell } from "./replicates.ts";

/** A number without its replicates, and where these are. */
interface KeptCell extends Omit<Cell, "replicates"> {
  /** Where its replicates begin among all: the splits, then the deletions; −1 where it has none. */
  readonly at: number;
  readonly splits: number;
  readonly blocks: number;
}

/**
 * The numbers of one layer with their replicates, by criterion, category and measure. Plain data: it crosses threads as it is.
 * Replicates stand one behind the other in one array: a study has hundreds of thousands of them, and an array each would take
 * more memory than the numbers in it.
 */
export interface CellTable {
  readonly cells: Map<string, KeptCell>;
  replicates: Float64Array;
  /** How much of `replicates` is in use. */
  used: number;
}

/** A table without numbers. */
export function emptyCells(): CellTable {
  return { cells: new Map(), replicates: new Float64Array(0), used: 0 };
}

function key(criterion: string, category: string, measure: string): string {
  return `${criterion}\n${category}\n${measure}`;
}

/** Keeps a number; a measure of places is kept as its excess over random placement. */
export function setCell(
  table: CellTable,
  [criterion, category, measure]: readonly [string, string, string],
  { replicates, ...cell }: Cell,
): void {
  const kept = replicates === null
    ? { ...cell, at: -1, splits: 0, blocks: 0 }
    : { ...cell, at: table.used, splits: replicates.splits.length, blocks: replicates.blocks };
  table.cells.set(key(criterion, category, measure), kept);
  if (replicates === null) return;
  const { splits, deletions } = replicates;
  const end = table.used + splits.length + deletions.length;
  if (end > table.replicates.length) resize(table, 2 * end);
  table.replicates.set(splits, table.used);
  table.replicates.set(deletions, table.used + splits.length);
  table.used = end;
}

/** The number, or one without a value where it was not measured. */
export function getCell(
  { cells, replicates }: Pick<CellTable, "cells" | "replicates">,
  [criterion, category, measure]: readonly [string, string, string],
): Cell {
  const kept = cells.get(key(criterion, category, measure));
  if (kept === undefined) return { value: null, replicates: null, reason: "was not measured" };
  const { at, splits, blocks, ...cell } = kept;
  if (at < 0) return { ...cell, replicates: null };
  const middle = at + splits;
  return {
    ...cell,
    replicates: {
      splits: replicates.subarray(at, middle),
      deletions: replicates.subarray(middle, middle + splits * blocks),
      blocks,
    },
  };
}

/** Lets go of the room for more numbers. */
export function trimCells(table: CellTable): CellTable {
  resize(table, table.used);
  return table;
}

function resize(table: CellTable, length: number): void {
  const replicates = new Float64Array(length);
  replicates.set(table.replicates.subarray(0, table.used));
  table.replicates = replicates;
}
