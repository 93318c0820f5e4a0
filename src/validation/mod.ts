export { calibrate, type CalibrateOptions, type Calibration } from "./calibrate.ts";
export {
  type ConsistencyCoverage,
  consistencyCoverage,
  type ConsistencyCoverageOptions,
} from "./consistency_coverage.ts";
export { type Coverage, coverageOf, type Observed } from "./coverage.ts";
export { describeCalibration } from "./describe_calibration.ts";
export { type DifferenceCoverage, differenceCoverage, type DifferenceCoverageOptions } from "./difference_coverage.ts";
export { type ErrorRateOptions, type ErrorRates, errorRates, NULL_NOISES, type NullNoise } from "./error_rates.ts";
export { type FalseShare, type FalseShareOptions, falseShares } from "./false_shares.ts";
export { type HeldOutBias, heldOutBias, type HeldOutBiasOptions } from "./held_out_bias.ts";
export { layerCoverage, type LayerCoverageOptions } from "./layer_coverage.ts";
export { type Noise, NOISES } from "./noise.ts";
export type { Rate } from "./rate.ts";
export {
  synthesizeRecording,
  type SyntheticLayer,
  type SyntheticOptions,
  type SyntheticRecording,
} from "./synthetic_recording.ts";
