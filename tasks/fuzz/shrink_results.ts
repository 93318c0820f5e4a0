/** A few of every long list, and no long text. */
function shrunk(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    // What the conditions and targets are, records are keyed by.
    const kept = ["conditions", "targets", "controls", "criteria", "measures"].includes(key)
      ? value
      : value.slice(0, typeof value[0] === "number" ? 2 : 1);
    return kept.map((child) => shrunk(child, key));
  }
  if (typeof value === "string") return value.length > 300 ? value.slice(0, 300) : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, shrunk(child, name)]));
}

/** Results with the first of every long list and without pictures, so that many can be read in little time. */
export function shrinkResults(text: string): string {
  const results = JSON.parse(text) as Record<string, unknown>;
  const stimuli = { ...results.stimuli as Record<string, unknown>, contactSheet: null };
  return JSON.stringify(shrunk({ ...results, thumbnails: {}, stimuli }, ""));
}
