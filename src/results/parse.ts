import { oneLine } from "../errors.ts";
import { checkResults, firstIssue } from "./_check_results.ts";
import { versionOne } from "./_version_one.ts";
import type { Results } from "./results.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { upgradeResults } from "./upgrade.ts";

/**
 * Results from the text of a results.json. A file of version 1 is converted.
 *
 * @param text The file's text.
 * @param name What to call the file in an error.
 * @returns The results, with keys in the order of the schema.
 * @throws {Error} Where the text is not JSON, is of another schema version or does not fit the schema; the message is
 * one sentence that names the file and the first place that does not fit.
 */
export function parseResults(text: string, name = "results.json"): Results {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`Cannot read results from "${name}": it is not valid JSON; expected a results.json of Fusiform`);
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version !== SCHEMA_VERSION && version !== 1) {
    const found = version === undefined ? "no schemaVersion" : `schemaVersion ${oneLine(JSON.stringify(version))}`;
    throw new Error(
      `Cannot read results from "${name}": found ${found}; expected 1 or ${SCHEMA_VERSION}, so run the study again with this version`,
    );
  }
  const checked = checkResults(version === 1 ? upgraded(value, name) : value);
  if ("results" in checked) return checked.results;
  throw new Error(`Cannot read results from "${name}": ${checked.problem}`);
}

function upgraded(value: unknown, name: string): unknown {
  const parsed = versionOne.safeParse(value);
  if (parsed.success) return upgradeResults(parsed.data);
  throw new Error(`Cannot read results from "${name}": ${firstIssue(parsed.error)}`);
}
