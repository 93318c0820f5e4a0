import { PAPER } from "./figures/_theme.ts";
import type { Family } from "./_families.ts";
import { formatNumber, formatPercent } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { symbolPath } from "./_symbol.ts";

/** Height of a family's row, and of the axis, in pixels. */
const ROW = 17;
const AXIS = 16;

/** A family's shares, one a training; null where one was not measured. */
export interface DotRow {
  readonly family: Family;
  readonly shares: readonly (number | null)[];
  readonly mean: number | null;
}

/** The end of an axis from 0 that holds all shares, and its ticks. */
export interface ShareAxis {
  readonly end: number;
  readonly ticks: readonly number[];
}

const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];

/** An axis from 0 to the first round number past the largest share, with at most three steps. */
export function shareAxis(shares: readonly (number | null)[]): ShareAxis {
  const most = Math.max(0, ...shares.map((share) => share ?? 0));
  const step = STEPS.find((size) => size * 3 >= most) ?? 0.5;
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6)));
  return { end: ticks[count], ticks };
}

/**
 * Shares as dots on a common axis, a row a family and a mark a training. Static: positions are per cent of the width, so that it
 * fits any room and its marks keep their size.
 */
export function dotPlot(rows: readonly DotRow[], { end, ticks }: ShareAxis): Html {
  const height = rows.length * ROW;
  const at = (share: number): string => `${Number((100 * share / end).toFixed(2))}%`;
  const grid = ticks.map((tick, index) =>
    markup`<line x1="${at(tick)}" x2="${at(tick)}" y1="0" y2="${height}" stroke="${PAPER.grid}"/><text${
      index > 0 && index < ticks.length - 1 && markup` class="between"`
    } x="${at(tick)}" y="${height + 12}" text-anchor="middle" fill="${PAPER.muted}">${formatNumber(100 * tick)}${
      tick === end && "\u00a0%"
    }</text>`
  );
  const marks = rows.map(({ family, shares, mean }, index) => {
    const y = index * ROW + ROW / 2;
    const stem = mean !== null && mean > 0 &&
      markup`<line x1="0%" x2="${
        at(mean)
      }" y1="${y}" y2="${y}" stroke="${family.color}" stroke-opacity=".5" stroke-width="1.5"/>`;
    return markup`${stem}${
      shares.map((share) =>
        share !== null && markup`<svg x="${at(share)}" y="${y}" overflow="visible">${symbolPath(family)}</svg>`
      )
    }`;
  });
  return markup`<svg class="dots" width="100%" height="${height + AXIS}" aria-hidden="true">${grid}${marks}</svg>`;
}

/** What a dot plot shows, in words: the mean of each family with its range over trainings. */
export function dotSentence(rows: readonly DotRow[]): string {
  return rows.map(({ family, shares, mean }) => {
    const known = shares.filter((share) => share !== null);
    if (mean === null) return `${family.id} not measured`;
    const range = known.length < 2
      ? ""
      : ` (${formatPercent(Math.min(...known), 2)} to ${formatPercent(Math.max(...known), 2)})`;
    return `${family.id} ${formatPercent(mean, 2)}${range}`;
  }).join("; ");
}
