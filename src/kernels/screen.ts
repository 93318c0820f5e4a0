/** What t² of a unit has to reach in every test. */
export interface Screen {
  /** Index of the condition that units are looked for. */
  readonly condition: number;
  /** The other conditions, at least one. */
  readonly tests: readonly ScreenTest[];
  /** Whether the condition's mean must be above each of the others. */
  readonly above: boolean;
}

/** One test of a screen. */
export interface ScreenTest {
  /** Index of the other condition. */
  readonly other: number;
  /** What the sums of squared deviations of either condition are multiplied by to be squared errors of a mean. */
  readonly scales: readonly [own: number, other: number];
  /** The least t². */
  readonly leastSquare: number;
}

/** The units that pass a screen. */
export interface Screened {
  /** Ascending. */
  readonly units: Uint32Array;
  /** Their moments by condition, `[units found]` each; null where the screen does not look at the condition. */
  readonly moments: readonly ({ readonly mean: Float64Array; readonly m2: Float64Array } | null)[];
}

/** The conditions that a screen looks at. */
export function conditionsOf({ condition, tests }: Screen): number[] {
  return [condition, ...tests.map(({ other }) => other)];
}
