export { type Calibration, type RowResult, summarizeRow, verdictOfRow } from "./calibration.ts";
export { CALIBRATION_ROWS, findRows } from "./calibration_rows.ts";
export { describeCalibration } from "./describe_calibration.ts";
export { coverageFinding, meanFinding, rateFinding } from "./findings.ts";
export { type Noise, NOISES } from "./noise.ts";
export { primaryTools } from "./primary_tools.ts";
export type { CalibrationRow, Finding, Observed, Outcome, SimulationContext } from "./row.ts";
export { AT_LEAST_80_PERCENT, AT_MOST_5_PERCENT, BIAS_AT_MOST_005, COVERS, type Rule, STATED } from "./rules.ts";
export { simulate, type SimulationRequest } from "./simulate.ts";
export {
  synthesizeRecording,
  type SyntheticLayer,
  type SyntheticOptions,
  type SyntheticRecording,
} from "./synthetic_recording.ts";
