import { type Html, markup } from "./_html.ts";
import type { Family } from "./_families.ts";
import { PAPER } from "./figures/_theme.ts";

/** Outlines around the origin, some 9 pixels across, by the names that Vega gives them. */
const OUTLINES: Readonly<Record<string, string>> = {
  "circle": "M4.5 0A4.5 4.5 0 1 1-4.5 0A4.5 4.5 0 1 1 4.5 0Z",
  "square": "M-4-4H4V4H-4Z",
  "triangle-up": "M0-5L5 4H-5Z",
  "triangle-down": "M0 5L5-4H-5Z",
  "diamond": "M0-5.5L5.5 0L0 5.5L-5.5 0Z",
  "cross": "M-1.7-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z",
};

/** A family’s mark in its colour and shape, with an outline in the colour of the paper that keeps neighbours apart, around the origin of an SVG. */
export function symbolPath({ color, shape }: Pick<Family, "color" | "shape">): Html {
  return markup`<path d="${
    OUTLINES[shape] ?? OUTLINES.circle
  }" fill="${color}" stroke="${PAPER.paper}" stroke-width=".8"/>`;
}

/** The same beside a name. */
export function familySymbol(family: Pick<Family, "color" | "shape">): Html {
  return markup`<svg class="symbol" width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">${
    symbolPath(family)
  }</svg>`;
}
