import type { CalibrationRow } from "./row.ts";
import { CONSISTENCY_ROW } from "./rows/consistency_row.ts";
import { COVERAGE_ROWS } from "./rows/coverage_rows.ts";
import { ERROR_RATE_ROWS, FALSE_SHARE_ROW } from "./rows/criteria_rows.ts";
import { EQUIVALENCE_ROWS } from "./rows/equivalence_rows.ts";
import { FAMILY_ROWS } from "./rows/family_rows.ts";
import { HALVED_TRAININGS_ROW } from "./rows/halved_trainings_row.ts";
import { HELD_OUT_ROWS } from "./rows/held_out_rows.ts";
import { LARGE_LAYER_ROWS } from "./rows/large_layer_rows.ts";
import { PERMUTATION_ROW } from "./rows/permutation_row.ts";
import { TWO_NETWORKS_ROW } from "./rows/two_networks_row.ts";

/** Every row of the calibration, in the order of the table. A new row is one object in a file of `rows/` and one line here. */
export const CALIBRATION_ROWS: readonly CalibrationRow[] = [
  ...COVERAGE_ROWS,
  ...LARGE_LAYER_ROWS,
  CONSISTENCY_ROW,
  TWO_NETWORKS_ROW,
  ...FAMILY_ROWS,
  ...EQUIVALENCE_ROWS,
  ...HELD_OUT_ROWS,
  PERMUTATION_ROW,
  HALVED_TRAININGS_ROW,
  ...ERROR_RATE_ROWS,
  FALSE_SHARE_ROW,
];

/**
 * Rows by their ids, or by what these begin with: `coverage` stands for all that begin with `coverage-`.
 *
 * @throws {RangeError} where a name stands for none.
 */
export function findRows(names: readonly string[]): CalibrationRow[] {
  const unknown = names.find((name) => !CALIBRATION_ROWS.some((row) => matches(row, name)));
  if (unknown !== undefined) {
    throw new RangeError(
      `Unknown row: "${unknown}". Should be one of: ${CALIBRATION_ROWS.map(({ id }) => id).join(", ")}`,
    );
  }
  return CALIBRATION_ROWS.filter((row) => names.some((name) => matches(row, name)));
}

function matches({ id }: CalibrationRow, name: string): boolean {
  return id === name || id.startsWith(`${name}-`);
}
