/** A t test of every unit. */
export interface TTest {
  /** `[units]`; 0 for dead units. */
  readonly t: Float64Array;
  /** `[units]`, degrees of freedom; 0 for dead units, which cannot be tested. */
  readonly df: Float64Array;
}
