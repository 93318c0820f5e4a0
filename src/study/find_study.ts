import { RequestError } from "../errors.ts";
import { MINI } from "./mini.ts";
import { PAPER } from "./paper.ts";
import type { Study } from "./study.ts";

/** The studies that come with the project. */
export const STUDIES: readonly Study[] = [MINI, PAPER];

/**
 * Finds a study by its name.
 *
 * @throws {RequestError} where there is none of that name.
 */
export function findStudy(name: string): Study {
  const study = STUDIES.find((candidate) => candidate.name === name);
  if (study === undefined) {
    throw new RequestError(
      `Unknown study: "${name}". Should be ${STUDIES.map((s) => s.name).join(", ")}, or a study file (.json)`,
    );
  }
  return study;
}
