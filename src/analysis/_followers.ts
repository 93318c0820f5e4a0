import type { TapLayout } from "../measures/mod.ts";

/** For every resampled unit, the units of the tap whose selection follows its own. */
export interface Followers {
  /** Where each resampled unit's followers begin in {@linkcode units}, `[resampled + 1]`. */
  readonly starts: Uint32Array;
  readonly units: Uint32Array;
}

/** Where a status has no resampled unit, the ones that stand in for it: those nearest to it in how often they are selected. */
const SUBSTITUTES = [[0], [1, 2, 0], [2, 1]] as const;

/**
 * Assigns every unit of a tap a resampled one to follow: the nearest of its channel with the same observed status, or,
 * where its channel has none, one of that status from the whole tap in turn.
 *
 * @param status On how many of the two folds each unit is selected, 0–2: `[units]`.
 * @param resampled Indices of the resampled units within the tap, ascending.
 * @returns Null where a selected unit has nothing to follow.
 */
export function assignFollowers(status: Uint8Array, resampled: Uint32Array, layout: TapLayout): Followers | null {
  const donors = new Int32Array(status.length).fill(-1);
  const perChannel = layout.unitsPerChannel;
  const last = new Int32Array(3);
  const columnOf = new Int32Array(status.length).fill(-1);
  resampled.forEach((unit, column) => columnOf[unit] = column);
  const byStatus: number[][] = [[], [], []];
  resampled.forEach((unit, column) => byStatus[status[unit]].push(column));
  const turn = [0, 0, 0];
  // Channels are contiguous except in token taps, where a stride walks them.
  const contiguous = perChannel === 1 || layout.channelOf(1) === layout.channelOf(0);
  const unitAt = (channel: number, i: number): number =>
    contiguous ? channel * perChannel + i : i * layout.channels + channel;
  for (let channel = 0; channel < layout.channels; channel++) {
    for (const step of [1, -1]) {
      last.fill(-1);
      for (let k = 0; k < perChannel; k++) {
        const i = step > 0 ? k : perChannel - 1 - k;
        const unit = unitAt(channel, i);
        if (columnOf[unit] >= 0) last[status[unit]] = i;
        const donor = last[status[unit]];
        if (donor < 0) continue;
        const known = donors[unit];
        if (known < 0 || Math.abs(donor - i) < Math.abs(known - i)) donors[unit] = donor;
      }
    }
    for (let i = 0; i < perChannel; i++) {
      const unit = unitAt(channel, i);
      if (donors[unit] >= 0) {
        donors[unit] = columnOf[unitAt(channel, donors[unit])];
        continue;
      }
      const own = SUBSTITUTES[status[unit]].find((each) => byStatus[each].length > 0);
      if (own !== undefined) donors[unit] = byStatus[own][turn[own]++ % byStatus[own].length];
    }
  }
  if (donors.some((donor, unit) => donor < 0 && status[unit] > 0)) return null;
  const starts = new Uint32Array(resampled.length + 1);
  for (const donor of donors) if (donor >= 0) starts[donor + 1]++;
  for (let column = 0; column < resampled.length; column++) starts[column + 1] += starts[column];
  const next = starts.slice();
  const units = new Uint32Array(starts[resampled.length]);
  donors.forEach((donor, unit) => {
    if (donor >= 0) units[next[donor]++] = unit;
  });
  return { starts, units };
}
