export * from "./browser.ts";
export { readResults } from "./read_results.ts";
export { writeUnitTable } from "./unit_table.ts";
export type { UnitColumn, UnitTable } from "./unit_table.ts";
export { writeAtomically } from "./write_atomically.ts";
export { writeMeasuresTable } from "./write_measures_table.ts";
export { writeResults } from "./write_results.ts";
