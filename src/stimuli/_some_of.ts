/** The first three of a list, with a mark that there are more. */
export function someOf(items: readonly string[]): string {
  return items.length > 3 ? `${items.slice(0, 3).join(", ")}, …` : items.join(", ");
}
