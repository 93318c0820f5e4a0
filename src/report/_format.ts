const NONE = "–";

/** A number with three significant digits and a true minus sign; a dash where there is none. */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null) return NONE;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-4
    ? size.toExponential(digits - 1)
    : Number(size.toPrecision(digits)).toString();
  return value < 0 ? `−${text}` : text;
}

/** A share as per cent. */
export function formatPercent(value: number | null, digits = 3): string {
  return value === null ? NONE : `${formatNumber(Number((100 * value).toPrecision(digits)))}\u00a0%`;
}

/** A level of intervals as per cent: `95 %`, `99.9 %`. */
export function formatLevel(level: number): string {
  return `${Number((100 * level).toPrecision(6))}\u00a0%`;
}

/** What a level of intervals leaves out, without the rounding of `1 - level`: 0.05 of 0.95. */
export function leftOut(level: number): number {
  return Number((1 - level).toPrecision(6));
}

/** A difference with its sign. */
export function formatSigned(value: number | null, digits = 3): string {
  return value !== null && value > 0 ? `+${formatNumber(value, digits)}` : formatNumber(value, digits);
}

/** `[low, high]`, or nothing. */
export function formatInterval(interval: readonly [number, number] | null, digits = 2): string {
  return interval === null ? "" : `[${formatNumber(interval[0], digits)}, ${formatNumber(interval[1], digits)}]`;
}

/** A count with thin spaces between thousands. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

/** Bytes in a unit that reads well. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return NONE;
  const units = ["B", "kB", "MB", "GB"];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${formatNumber(bytes / 1000 ** power)} ${units[power]}`;
}

/** `a, b and c`. */
export function formatList(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** The first letter as a capital, but for a symbol such as d′. */
export function capitalized(text: string): string {
  return /^\p{L}([′'\d]|$)/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Text that is cut where it is longer than `most` characters. */
export function shortened(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
