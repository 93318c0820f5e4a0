/**
 * The same value with its texts, numbers and other leaves changed, and absent (`undefined`) keys left out. What holds nothing that
 * changes is not copied: results take hundreds of megabytes.
 */
export function mapLeaves<T>(value: T, change: (leaf: unknown) => unknown): T {
  if (Array.isArray(value)) {
    let copy: unknown[] | null = null;
    for (let index = 0; index < value.length; index++) {
      const child = mapLeaves(value[index], change);
      if (!Object.is(child, value[index])) copy ??= value.slice();
      if (copy !== null) copy[index] = child;
    }
    return (copy ?? value) as T;
  }
  if (value === null || typeof value !== "object") return change(value) as T;
  const entries = Object.entries(value);
  let same = true;
  for (const entry of entries) {
    const child = mapLeaves(entry[1], change);
    if (child === undefined || !Object.is(child, entry[1])) same = false;
    entry[1] = child;
  }
  return same ? value : Object.fromEntries(entries.filter(([, child]) => child !== undefined)) as T;
}
