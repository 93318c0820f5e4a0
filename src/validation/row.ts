import type { AnalysedNetwork } from "../inference/mod.ts";

/** An estimate with its interval, in one simulation. */
export interface Observed {
  /** Null where nothing could be measured. */
  readonly value: number | null;
  /** Null where there is none. */
  readonly interval: readonly [number, number] | null;
}

/** What one simulation gave, by quantity; plain data, so that it can be written to a file and read again. */
export type Outcome = Readonly<Record<string, Observed | number | boolean | null>>;

/** What one simulation starts from. Nothing else is random. */
export interface SimulationContext {
  /** The same in all simulations of a row: of units that stay the same while images change. */
  readonly seed: number;
  /** Of this simulation alone. */
  readonly draw: number;
  /** Which simulation it is, from 0. */
  readonly index: number;
  /** Whether layers are small, so that tests can run it. */
  readonly quick: boolean;
  /** Analyses of the trainings of a real family, for rows about these. */
  readonly trainings?: (family: string) => Promise<readonly AnalysedNetwork[]>;
}

/** What the simulations of a row say of one quantity. */
export interface Finding {
  readonly quantity: string;
  /** Simulations (of trainings: comparisons) that count. */
  readonly of: number;
  /** A rate, or a mean; null where no simulation counts. */
  readonly value: number | null;
  /** Its standard error over simulations. */
  readonly error: number | null;
  /** What it must be, in words. */
  readonly rule: string;
  /** `stated` where nothing must be, or where too few simulations count. */
  readonly verdict: "pass" | "fail" | "stated";
  readonly note?: string;
}

/** One scenario of the calibration. */
export interface CalibrationRow {
  /** What the command line calls it. */
  readonly id: string;
  /** What is simulated. */
  readonly scenario: string;
  /** What must hold. */
  readonly claim: string;
  /**
   * What a simulation passes through: `pipeline`, everything from responses to verdicts; `estimates`, comparisons and verdicts of
   * networks whose numbers are drawn from a stated model; `criteria`, selection alone; `trainings`, everything, on real networks.
   */
  readonly through: "pipeline" | "estimates" | "criteria" | "trainings";
  /** How many simulations it needs. */
  readonly simulations: number;
  /** Whether there are no more simulations than that. */
  readonly finite?: true;
  readonly simulate: (context: SimulationContext) => Promise<Outcome>;
  /** What the simulations say, in their order. */
  readonly findings: (outcomes: readonly Outcome[]) => Finding[];
}
