export { findSuite, SUITES } from "./find_suite.ts";
export { limitsOf, NOT_STATED, type RanNetwork, type RunFacts } from "./limits.ts";
export { MINI } from "./mini.ts";
export { PAPER } from "./paper.ts";
export type { Suite, SuitePair } from "./suite.ts";
