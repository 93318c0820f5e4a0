/** Lower and upper bound of an interval at the level of the settings, 95 % by default. */
export type Bounds = [number, number];

/** A value with its interval. */
export interface Estimate {
  /** A finite number; null only with a `reason`. */
  value: number | null;
  /** By bootstrap; null where none could be had. */
  interval: Bounds | null;
  /** Why a number is null. */
  reason?: string;
}

/** A statistic beside the same number of units placed at random. */
export interface Placed {
  /** A finite number; null only with a `reason`. */
  value: number | null;
  /** By bootstrap; null where none could be had. */
  interval: Bounds | null;
  /** Mean of the statistic under random placement. */
  random: number | null;
  /** Standard deviations from `random`; null where random placement has no spread. */
  z: number | null;
  /** Why a number is null. */
  reason?: string;
}

/** What a network learned from; `unstated` where nobody has said. */
export type Supervision = "vision" | "language" | "contrastive" | "untrained" | "unstated";
