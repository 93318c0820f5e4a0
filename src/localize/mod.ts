export { type DerivedConditions, type Design, designOf } from "./design.ts";
export { Half, halfResponses, type Selected, selectedUnits } from "./half.ts";
export { type HalfArrays, type HalfImages, halfMoments, HalfPooling, unionInTurn } from "./half_moments.ts";
export { averageMeasured, type Found, type Halves, LayerEvaluator, type Selections } from "./layer_evaluator.ts";
export { layerNoise, type WithinConditions, withinConditions } from "./layer_noise.ts";
export {
  localize,
  type Localized,
  type LocalizedLayer,
  localizeHalves,
  type LocalizeInput,
  type LocalizeSettings,
  wholeMoments,
} from "./localize.ts";
export {
  type MeasuredSelection,
  measurePlaces,
  measureSelection,
  measureUnits,
  type Placed,
  type Placement,
  unitContext,
  unitReason,
} from "./measure_selection.ts";
export { NEAR, nearThreshold } from "./near_threshold.ts";
export { sampleChannels } from "./sample_channels.ts";
export { type StrictestContrast, strictestContrast } from "./strictest_contrast.ts";
export { drawSplits, type Split } from "./splits.ts";
