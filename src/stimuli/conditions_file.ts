import { z } from "zod";
import { oneLine, RequestError } from "../errors.ts";

/** What may stand in `conditions.json`, beside the folders of a set. */
export interface ConditionsFile {
  /** Where a schema of this file is; not read. */
  readonly $schema?: string;
  /** Folders to pool, by the name of the condition that they make; a folder that is not named stays a condition of its own. */
  readonly conditions?: Readonly<Record<string, readonly string[]>>;
  /** The conditions that units are selected for. */
  readonly targets?: readonly string[];
  /** The conditions that only stand against them. */
  readonly controls?: readonly string[];
  /** What a report calls the set. */
  readonly title?: string;
  /** The licence of the images. */
  readonly licence?: string;
  /** What to cite. */
  readonly citation?: string;
}

const text = z.string().min(1);
const names = z.array(text).min(1);

const schema = z.strictObject({
  $schema: text.optional(),
  conditions: z.record(text, names).optional(),
  targets: names.optional(),
  controls: names.optional(),
  title: text.optional(),
  licence: text.optional(),
  citation: text.optional(),
});

/** What is called so in the folder of a set. */
export const CONDITIONS_FILE = "conditions.json";

/**
 * Parses `conditions.json`.
 *
 * @param name What to call it in errors.
 * @throws {RequestError} with one sentence that names every place which does not fit.
 */
export function parseConditionsFile(content: string, name: string): ConditionsFile {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw new RequestError(`Cannot read ${name}: it is not JSON (${oneLine((error as Error).message)})`, {
      cause: error,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, message }) =>
    `${path.length > 0 ? path.join(".") : "the file"}: ${message.replace(/^Invalid input: /, "")}`
  );
  throw new RequestError(`Cannot read ${name}: ${oneLine(places.join("; "))}`);
}

/** The JSON Schema (draft 2020-12) of `conditions.json`. */
export function conditionsJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(schema, { io: "input" }),
    title: "Fusiform conditions",
    description: "How the folders of images beside this file become conditions, and which of them are targets.",
  };
}
