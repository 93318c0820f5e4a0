export { atLevel } from "./at_level.ts";
export type { ConjunctionDefinition } from "./conjunction_definition.ts";
export { CONJUNCTION_FIXED, conjunctionFixed, FIXED_THRESHOLD } from "./conjunction_fixed.ts";
export { type ContrastBuffers, contrastBuffers, Contrasts } from "./contrasts.ts";
export { CRITERIA } from "./criteria.ts";
export type { Criterion, SampledResponses, SelectionInput } from "./criterion.ts";
export { expressionCriterion } from "./expression_criterion.ts";
export { matchedCriterion } from "./matched.ts";
export { parseCriterion } from "./parse_criterion.ts";
