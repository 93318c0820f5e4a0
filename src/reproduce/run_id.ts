import { hashText } from "../lock/mod.ts";

/**
 * Names a run by its inputs: the package version and eight hexadecimal digits of a hash over `inputs`, so that the same
 * inputs give the same id on every machine.
 */
export function runId(version: string, inputs: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(inputs, (_key, value) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
  return `${version}-${hashText(text).slice(0, 8)}`;
}
