import type { Results } from "./results.ts";

/** The first place that refers to a measure that `measures` does not describe, or describes twice, in words; null where none does. */
export function undescribedMeasure(results: Results): string | null {
  const names = new Set<string>();
  for (const [index, { name }] of results.measures.entries()) {
    if (names.has(name)) return `measures[${index}] describes "${name}" a second time`;
    names.add(name);
  }
  const missing = (path: string, record: Record<string, unknown> | null): string | null => {
    const name = Object.keys(record ?? {}).find((each) => !names.has(each));
    return name === undefined ? null : `${path} names the measure "${name}", which "measures" does not describe`;
  };
  for (const [n, network] of results.networks.entries()) {
    const own = missing(`networks[${n}].measures`, network.measures);
    if (own) return own;
    for (const [l, layer] of network.layers.entries()) {
      const path = `networks[${n}].layers[${l}]`;
      for (const [category, found] of Object.entries(layer.categories)) {
        const records = [found.measures, found.spread, found.circular, found.matched];
        records.push(...found.curve.flatMap(({ values, z }) => [values, z]));
        for (const record of records) {
          const text = missing(`${path}.categories.${category}`, record);
          if (text) return text;
        }
      }
      for (const [criterion, byCategory] of Object.entries(layer.criteria)) {
        for (const { measures } of Object.values(byCategory)) {
          const text = missing(`${path}.criteria.${criterion}`, measures);
          if (text) return text;
        }
      }
    }
  }
  for (const [index, { measure }] of results.comparisons.entries()) {
    const text = missing(`comparisons[${index}]`, { [measure]: null });
    if (text) return text;
  }
  for (const { id, rows } of results.claims) {
    for (const { measure } of rows) {
      const text = missing(`the claim "${id}"`, { [measure]: null });
      if (text) return text;
    }
  }
  return null;
}
