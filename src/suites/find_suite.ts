import { RequestError } from "../errors.ts";
import { MINI } from "./mini.ts";
import { PAPER } from "./paper.ts";
import type { Suite } from "./suite.ts";

/** Every suite there is. */
export const SUITES: readonly Suite[] = [MINI, PAPER];

/**
 * Finds a suite by its name.
 *
 * @throws {RequestError} where there is none of that name.
 */
export function findSuite(name: string): Suite {
  const suite = SUITES.find((candidate) => candidate.name === name);
  if (suite === undefined) {
    throw new RequestError(`Unknown suite: "${name}". Should be one of: ${SUITES.map((s) => s.name).join(", ")}`);
  }
  return suite;
}
