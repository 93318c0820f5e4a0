import type { ModelEntry } from "../lock/mod.ts";

/** Lower and upper bound of an interval at the level of the settings, 95 % by default. */
export type Bounds = [number, number];

/** A value with its interval and, where the measure has that null, what as many units placed at random give. */
export interface Estimate {
  /** A finite number; null only with a `reason`. */
  value: number | null;
  /** Null where none could be had. */
  interval: Bounds | null;
  /** Mean of the measure under random placement; left out where a measure has no such null. */
  random?: number | null | undefined;
  /** Standard deviations from `random`; null where random placement has no spread. */
  z?: number | null | undefined;
  /** Why a number is null. */
  reason?: string;
}

/** What a network learned from; `unstated` where nobody has said. */
export type Supervision = ModelEntry["supervision"] | "unstated";
