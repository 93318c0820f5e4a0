import { parquetWriteBuffer } from "hyparquet-writer";
import { writeAtomically } from "./write_atomically.ts";

/** Integer or floating values of every unit of a table, `[units]`. */
export type UnitColumn = Int32Array | Uint32Array | Uint8Array | Float32Array | Float64Array;

/** The units of one layer of one network; every array is `[units]`. */
export interface UnitTable {
  /** Id of the network. */
  readonly network: string;
  /** Networks of one family are trainings of one kind. */
  readonly family: string;
  /** Name of the layer. */
  readonly layer: string;
  /** Flat index within the layer. */
  readonly unit: UnitColumn;
  /** Channel of each unit. */
  readonly channel: UnitColumn;
  /** Position down the feature map, −1 (null in the file) for a unit without one; null for layers without positions. */
  readonly row: UnitColumn | null;
  /** Position across, as `row`. */
  readonly column: UnitColumn | null;
  /** What every unit answered, by condition. */
  readonly conditions: readonly {
    readonly name: string;
    /** Images of this condition. */
    readonly n: number;
    readonly mean: UnitColumn;
    /** Sample variance (n − 1). */
    readonly variance: UnitColumn;
  }[];
  /** Whether every unit is selective, by target category. */
  readonly categories: readonly {
    readonly name: string;
    /** The smallest t over the other conditions, over all images. */
    readonly t: UnitColumn;
    /** The largest corrected p over the other conditions, 0–1. */
    readonly q: UnitColumn;
    /** Whether the unit is selected (0 or 1), one array a half of the first split. */
    readonly selected: readonly Uint8Array[];
    /** Whether specificity and strength are measured in it (0 or 1), one array a half of the first split. */
    readonly measured: readonly Uint8Array[];
  }[];
}

/** Units a row group holds; readers skip whole groups. */
const ROW_GROUP = 131_072;

/**
 * Writes `units/<network>/<layer>.parquet`: a row a unit, for pandas, polars, DuckDB and R. Columns are `network`, `family`,
 * `layer`, `unit`, `channel`, `row`, `column`, then `n_C`, `mean_C`, `var_C` for every condition C, then `t_min_C`, `q_max_C`,
 * `selected_C_half0`, `selected_C_half1`, `measured_C_half0` and `measured_C_half1` for every target category C. Non-finite
 * numbers are written as null.
 *
 * @param path The file to write; whole or not at all.
 * @param table The units of a layer.
 * @throws {Error} Where a column's length is not the number of units.
 */
export async function writeUnitTable(path: string, table: UnitTable): Promise<void> {
  const columnData = unitColumns(table);
  const units = table.unit.length;
  const odd = columnData.find((column) => column.data.length !== units);
  if (odd) {
    throw new Error(
      `Cannot write "${path}": column "${odd.name}" has ${odd.data.length} values; expected ${units}, one a unit`,
    );
  }
  const buffer = parquetWriteBuffer({
    columnData,
    rowGroupSize: ROW_GROUP,
  });
  await writeAtomically(path, new Uint8Array(buffer));
}

interface Column {
  name: string;
  // The writer takes a plain array where values may be null.
  data: UnitColumn | (number | null)[] | boolean[] | string[] | Array<number>;
  type: "INT32" | "FLOAT" | "DOUBLE" | "BOOLEAN" | "STRING";
}

function unitColumns(table: UnitTable): Column[] {
  const { unit, channel, network, family, layer } = table;
  const columns = [...Object.entries({ network, family, layer }).map(([name, text]) => texts(name, text, unit.length))];
  columns.push(integers("unit", unit), integers("channel", channel));
  if (table.row) columns.push(places("row", table.row));
  if (table.column) columns.push(places("column", table.column));
  for (const { name, n, mean, variance } of table.conditions) {
    columns.push(integers(`n_${name}`, new Int32Array(table.unit.length).fill(n)));
    columns.push(reals(`mean_${name}`, mean), reals(`var_${name}`, variance));
  }
  for (const { name, t, q, ...marks } of table.categories) {
    columns.push(reals(`t_min_${name}`, t), reals(`q_max_${name}`, q));
    for (const mark of ["selected", "measured"] as const) {
      marks[mark].forEach((flags, half) => {
        columns.push({ name: `${mark}_${name}_half${half}`, data: Array.from(flags, Boolean), type: "BOOLEAN" });
      });
    }
  }
  return columns;
}

/** The same in every row, so that tables of several layers can be put together; a dictionary makes it cost nothing. */
function texts(name: string, text: string, length: number): Column {
  return { name, data: new Array<string>(length).fill(text), type: "STRING" };
}

function integers(name: string, data: UnitColumn): Column {
  return { name, data: data instanceof Int32Array ? data : Int32Array.from(data), type: "INT32" };
}

/** A class token stands nowhere on the map. */
function places(name: string, data: UnitColumn): Column {
  if (data.every((value) => value >= 0)) return integers(name, data);
  return { name, data: Array.from(data, (value) => value < 0 ? null : value), type: "INT32" };
}

function reals(name: string, data: UnitColumn): Column {
  const type = data instanceof Float64Array ? "DOUBLE" : "FLOAT";
  const finite = data.every(Number.isFinite);
  return { name, data: finite ? data : Array.from(data, (value) => Number.isFinite(value) ? value : null), type };
}
