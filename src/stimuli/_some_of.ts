/** Names that a sentence lists where all of them matter. */
export const MOST_NAMES = 6;

/** The first three of a list, with a mark that there are more. */
export function someOf(items: readonly string[]): string {
  return items.length > 3 ? `${items.slice(0, 3).join(", ")}, …` : items.join(", ");
}
