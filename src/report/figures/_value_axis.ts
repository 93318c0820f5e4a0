/**
 * How an axis writes its numbers: a space before the sign of per cent, and no sign before zero.
 *
 * @param format A format of d3.
 */
export function valueAxis(format: string): { format: string; labelExpr?: string } {
  if (format.includes("%")) return { format, labelExpr: "replace(datum.label, '%', '\u00a0%')" };
  return format.startsWith("+") ? { format, labelExpr: "datum.value === 0 ? '0' : datum.label" } : { format };
}
