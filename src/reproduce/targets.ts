import { RequestError } from "../errors.ts";

/** The categories that the field localizes. */
const CLASSICAL = ["faces", "bodies", "places", "words"];

/**
 * The conditions that units are selected for: those of the four classical categories that the set has, or every
 * condition but scrambled ones where it has none of them.
 *
 * @throws {RequestError} where nothing is left to select for.
 */
export function targetsOf(conditions: readonly string[]): string[] {
  const classical = CLASSICAL.filter((category) => conditions.includes(category));
  const targets = classical.length > 0 ? classical : conditions.filter((name) => !name.startsWith("scrambled"));
  if (targets.length === 0) {
    throw new RequestError(
      `Cannot localize anything in ${conditions.join(", ")}; expected a condition that is not scrambled`,
    );
  }
  return targets;
}
