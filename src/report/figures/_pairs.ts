import type { FigureChoice, FigureInput, FigureRow } from "./figure.ts";

/** How a difference is named: the second family minus the first. */
export function pairLabel({ a, b }: { readonly a: string; readonly b: string }): string {
  return `${b} − ${a}`;
}

/** Which family the others are compared with; at first one that learned from vision alone. */
export function againstChoice({ families }: FigureInput, rows: readonly FigureRow[]): FigureChoice {
  const against = [...new Set(rows.map((row) => String(row.against)))];
  const vision = against.find((id) => families.find((family) => family.id === id)?.supervision === "vision");
  return {
    column: "against",
    label: "Against",
    options: against.map((value) => ({ value, label: value })),
    initial: vision ?? against[0] ?? "",
  };
}
