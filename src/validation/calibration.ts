import type { CalibrationRow, Finding, Outcome } from "./row.ts";

/** What a row's simulations found. */
export interface RowResult extends Pick<CalibrationRow, "id" | "scenario" | "claim" | "through"> {
  /** How many were run. */
  readonly simulations: number;
  readonly findings: readonly Finding[];
}

/** What a calibration found. */
export interface Calibration {
  readonly seed: number;
  readonly rows: readonly RowResult[];
}

/** What a row's simulations say, in their order. */
export function summarizeRow(row: CalibrationRow, outcomes: readonly Outcome[]): RowResult {
  const { id, scenario, claim, through } = row;
  return { id, scenario, claim, through, simulations: outcomes.length, findings: row.findings(outcomes) };
}

/** What a row says as a whole: it fails where a finding does, passes where one passes and none fails, else it is stated. */
export function verdictOfRow({ findings }: Pick<RowResult, "findings">): Finding["verdict"] {
  const verdicts = findings.map(({ verdict }) => verdict);
  return verdicts.includes("fail") ? "fail" : verdicts.includes("pass") ? "pass" : "stated";
}
