/** The conditions that scrambled controls are made of, where a set has them. */
export const SCRAMBLED = ["places", "words"] as const;

/** Names of the controls that are made of a set's conditions by scrambling. */
export function scrambledNames(conditions: readonly string[], of: readonly string[] = SCRAMBLED): string[] {
  return of.filter((name) => conditions.includes(name)).map((name) => `scrambled ${name}`);
}
