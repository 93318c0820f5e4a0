import type { Rate } from "./rate.ts";

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A share as a percentage. */
export function percent(value: number, digits = 1): string {
  return `${(100 * value).toFixed(digits)} %`;
}

/** A rate with its standard error. */
export function rateText({ rate, tolerance }: Rate): string {
  return `${percent(rate)} ± ${percent(tolerance / 3)}`;
}
