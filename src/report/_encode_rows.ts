import type { EncodedColumn, EncodedRows } from "./client/decode_rows.ts";
import type { FigureRow } from "./figures/figure.ts";

/** Rows by column, for the page: repeated values (names, above all) are written once. */
export function encodeRows(rows: readonly FigureRow[]): EncodedRows {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    length: rows.length,
    columns: Object.fromEntries(
      names.map((name) => [name, encodeColumn(rows.map((row) => row[name] ?? null))]),
    ),
  };
}

function encodeColumn(values: readonly unknown[]): EncodedColumn {
  const index = new Map<unknown, number>();
  const of: unknown[] = [];
  const at = values.map((value) => {
    const key = typeof value === "object" && value !== null ? JSON.stringify(value) : value;
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, of.length);
    of.push(value);
    return of.length - 1;
  });
  const runs = runLengths(at);
  if (runs.length < at.length) return { of, runs };
  return of.length * 2 < values.length ? { of, at } : values;
}

function runLengths(at: readonly number[]): number[] {
  const runs: number[] = [];
  for (const index of at) {
    if (runs[runs.length - 2] === index) runs[runs.length - 1]++;
    else runs.push(index, 1);
  }
  return runs;
}
