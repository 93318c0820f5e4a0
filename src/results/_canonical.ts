import { mapLeaves } from "./map_leaves.ts";

/** Significant digits that results.json keeps; device sums are float32, which holds seven. */
export const SIGNIFICANT_DIGITS = 9;

/**
 * Where in a value the first number is that JSON cannot hold.
 *
 * @returns A path such as `networks[2].layers[0].depth`, or null where every number is finite.
 */
export function findNonFinite(value: unknown, path = ""): { path: string; value: number } | null {
  if (typeof value === "number") return Number.isFinite(value) ? null : { path, value };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const found = findNonFinite(value[index], `${path}[${index}]`);
      if (found) return found;
    }
    return null;
  }
  if (value === null || typeof value !== "object") return null;
  for (const [key, child] of Object.entries(value)) {
    const found = findNonFinite(child, path === "" ? key : `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

/** The same value with numbers rounded to the digits kept, `-0` as `0`, and absent (`undefined`) keys left out. */
export function roundNumbers<T>(value: T): T {
  return mapLeaves(value, (leaf) => {
    if (typeof leaf !== "number") return leaf;
    return Number.isInteger(leaf) ? leaf + 0 : Number(leaf.toPrecision(SIGNIFICANT_DIGITS));
  });
}

/**
 * Formats JSON with an object a line where it holds only plain values, so that a change shows as a short difference.
 *
 * @param add Told of each part of the text, in its order.
 */
export function formatJson(value: unknown, add: (part: string) => void, indent = ""): void {
  if (isFlat(value)) return add(JSON.stringify(value));
  const inner = `${indent} `, isList = Array.isArray(value);
  let before = isList ? "[\n" : "{\n";
  for (const [key, child] of Object.entries(value as object)) {
    add(isList ? before + inner : `${before}${inner}${JSON.stringify(key)}: `);
    formatJson(child, add, inner);
    before = ",\n";
  }
  add(`\n${indent}${isList ? "]" : "}"}`);
}

function isFlat(value: unknown): boolean {
  if (value === null || typeof value !== "object") return true;
  return Object.values(value).every((child) =>
    child === null || typeof child !== "object" || (Array.isArray(child) && child.every(isPrimitive))
  );
}

function isPrimitive(value: unknown): boolean {
  return value === null || typeof value !== "object";
}
