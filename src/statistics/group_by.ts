/**
 * Puts items with the same key together.
 *
 * @param items Taken once, in order.
 * @param keyOf The key of an item.
 * @returns The items of every key, in their order; keys in the order of their first items.
 *
 * @example
 * ```ts
 * import { groupBy } from "./mod.ts";
 *
 * groupBy([3, 4, 5], (number) => number % 2); // Map { 1 => [3, 5], 0 => [4] }
 * ```
 */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
