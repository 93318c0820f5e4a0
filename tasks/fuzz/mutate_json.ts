import type { Random } from "../../src/statistics/mod.ts";

/** What stands in for a value: every kind of JSON, and what is awkward in it. */
const VALUES: readonly string[] = [
  ...["null", "true", "false", "0", "-1", "1.5", "1e308", "-1e400", "9007199254740993", '""', '"a"', '"\\u0000"'],
  ...['"__proto__"', '"constructor"', '"\\ud800"', '"../../x"', "[]", "{}", "[null]", "[[]]", '{"__proto__":null}'],
  ...['{"length":-1}', '"NaN"', '"toString"', `"${"x".repeat(2000)}"`, `${"[".repeat(200)}${"]".repeat(200)}`],
];

const MOST_CHANGES = 3;

/** A value within a document, and how it is replaced. */
interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== "object" || value === null) return found;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    found.push({ holder: value as Place["holder"], key });
    placesIn((value as Record<string, unknown>)[key], found);
  }
  return found;
}

/** Changes a JSON document: values replaced by others of the wrong kind, removed, repeated or moved. */
export function mutateJson(text: string, random: Random): string {
  const root = { document: JSON.parse(text) };
  const changes = 1 + random.integer(MOST_CHANGES);
  for (let change = 0; change < changes; change++) {
    const places = placesIn(root);
    if (places.length === 0) break;
    const { holder, key } = places[random.integer(places.length)];
    const value = (holder as Record<string, unknown>)[key];
    const other = (): unknown => {
      const { holder, key } = places[random.integer(places.length)];
      return structuredClone((holder as Record<string, unknown>)[key]);
    };
    const kind = random.integer(6);
    if (kind <= 2) (holder as Record<string, unknown>)[key] = JSON.parse(VALUES[random.integer(VALUES.length)]);
    else if (kind === 3 && Array.isArray(holder)) holder.splice(key as number, 1);
    else if (kind === 3) delete (holder as Record<string, unknown>)[key];
    else if (kind === 4 && Array.isArray(holder)) holder.splice(key as number, 0, structuredClone(value));
    else if (kind === 4) (holder as Record<string, unknown>)[`${key}2`] = value;
    else (holder as Record<string, unknown>)[key] = other();
  }
  return JSON.stringify(root.document) ?? "";
}
