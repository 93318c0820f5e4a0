/** A cell of a table: a list becomes one cell, joined by spaces. */
export type TableCell = string | number | boolean | null | undefined | readonly (string | number)[];

function text(value: TableCell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const list = typeof value === "object";
  const plain = list ? value.join(" ") : value;
  const inert = !list && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/**
 * Rows as comma-separated text (RFC 4180): a header, then a line a row, in the order given.
 * Numbers are written as they are. A text that a spreadsheet would run as a formula is preceded by an apostrophe.
 *
 * @param columns The fields to write, in order.
 * @param rows Field to value; what a row lacks is an empty cell.
 */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, TableCell>>[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((line) => line.map(text).join(",")).join("\r\n") + "\r\n";
}
