import type { MeasureResult } from "./measure_result.ts";

/** Of the entries that a number averages, how many could be had in every network compared. */
export interface EntriesUsed {
  /** How many were averaged. */
  used: number;
  /** How many there are. */
  of: number;
}

/**
 * Says over how many layers and categories an average goes; empty where it is no average or where an older file leaves it out.
 *
 * @param measure What is averaged: a measure of whole networks has no layer of its own.
 * @param entries The entries of a row over all categories and depths.
 */
export function entriesPhrase(measure: Pick<MeasureResult, "kind">, entries: EntriesUsed | undefined): string {
  if (entries === undefined || entries.of < 2) return "";
  const { used, of } = entries;
  const what = measure.kind === "network" ? "categories" : "layers and categories";
  return used === of ? `over all ${of} ${what}` : `over ${used} of ${of} ${what}`;
}
