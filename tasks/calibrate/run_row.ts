import { type CalibrationRow, type Outcome, type RowResult, summarizeRow } from "../../src/validation/mod.ts";
import type { SavedSimulations } from "./saved_simulations.ts";
import type { SimulationPool } from "./simulation_pool.ts";

/** What a row is run with. */
export interface RunRowOptions {
  readonly seed: number;
  /** In place of as many as the row needs. */
  readonly simulations: number | undefined;
  readonly saved: SavedSimulations;
  readonly pool: SimulationPool;
  /** Told how many of those that were missing are done. */
  readonly onProgress: (done: number, total: number) => void;
}

/** A row's result, and what it took. */
export interface RanRow {
  readonly result: RowResult;
  /** Mean seconds of a simulation that was run now; null where all were saved. */
  readonly seconds: number | null;
}

/** How many simulations of a row are wanted. */
export function wantedOf(row: CalibrationRow, simulations: number | undefined): number {
  if (simulations === undefined) return row.simulations;
  return row.finite ? Math.min(simulations, row.simulations) : simulations;
}

/** Runs the simulations of a row that are not saved yet, and says what all of them say. */
export async function runRow(row: CalibrationRow, options: RunRowOptions): Promise<RanRow> {
  const { seed, saved, pool, onProgress } = options;
  const indices = [...Array(wantedOf(row, options.simulations)).keys()];
  const missing = indices.filter((index) => saved.get(row.id, index) === undefined);
  let done = 0, seconds = 0;
  if (missing.length > 0) onProgress(0, missing.length);
  await pool.run(missing.map((index) => ({ row: row.id, seed, index })), async ({ asked, answer }) => {
    seconds += answer.seconds;
    await saved.add(row.id, asked.index, answer.outcome);
    onProgress(++done, missing.length);
  });
  const outcomes = indices.map((index): Outcome => saved.get(row.id, index)!);
  return { result: summarizeRow(row, outcomes), seconds: done > 0 ? seconds / done : null };
}
