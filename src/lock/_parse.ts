import { z } from "zod";
import { redactCredentials } from "./redact_credentials.ts";
import { oneLine, RequestError } from "../errors.ts";

/** SHA-256 in lower-case hexadecimal. */
export const sha256 = z.string().refine((text) => /^[0-9a-f]{64}$/.test(text), {
  error: ({ input }) => `expected 64 lower-case hexadecimal digits, got ${quote(input)} (${length(input)})`,
});

/** A name as it is typed on the command line. */
export const id = z.string().refine((text) => /^[a-z0-9][a-z0-9._-]*$/.test(text), {
  error: ({ input }) => `expected lower-case letters, digits, ".", "_" and "-", got ${quote(input)}`,
});

/** An address that can be fetched. */
export const httpUrl = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
  error: ({ input }) => `expected an http or https URL, got ${quote(input)}`,
}).refine((text) => !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""), {
  // A lock is published.
  error: ({ input }) => `expected a URL without user and password, got ${quote(redactCredentials(String(input)))}`,
});

/** A path inside the project, with forward slashes. */
export const relativePath = z.string().refine(
  (text) => text !== "" && !/^([/\\]|[A-Za-z]:)/.test(text) && !text.split(/[/\\]/).includes(".."),
  { error: ({ input }) => `expected a path inside the project, got ${quote(input)}` },
);

/**
 * Parses JSON text against a schema.
 *
 * @throws {RequestError} with one sentence on the first thing that is wrong and where it stands.
 */
export function parseJson<T extends z.ZodType>(text: string, schema: T, name: string): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RequestError(`Cannot read ${name}: it is not JSON (${oneLine((error as Error).message)})`, {
      cause: error,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = deepest(parsed.error.issues);
  const place = describePlace(issue.path, value);
  throw new RequestError(`Cannot read ${name}: ${oneLine(`${place}${plain(issue)}`)}`);
}

/** The issue inside a union that belongs to the variant which came furthest. */
function deepest(issues: readonly z.core.$ZodIssue[], before: readonly PropertyKey[] = []): z.core.$ZodIssue {
  const [issue] = issues;
  const path = [...before, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const variants = issue.errors.filter((variant) => variant.length > 0);
    if (variants.length > 0) {
      return variants.map((variant) => deepest(variant, path)).reduce((a, b) => b.path.length > a.path.length ? b : a);
    }
  }
  return { ...issue, path } as z.core.$ZodIssue;
}

/** `models[3].sha256 of "clip-rn50-openai": `, or nothing where the whole file is meant. */
function describePlace(path: readonly PropertyKey[], root: unknown): string {
  if (path.length === 0) return "";
  const text = path.map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`).join("").replace(/^\./, "");
  let value = root;
  let owner: string | undefined;
  for (const key of path) {
    if (value === null || typeof value !== "object") break;
    value = (value as Record<PropertyKey, unknown>)[key];
    const name = (value as { id?: unknown } | null | undefined)?.id;
    if (typeof name === "string") owner = name;
  }
  return `${text}${owner === undefined ? "" : ` of "${owner}"`}: `;
}

function plain(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    return `unknown field ${issue.keys.map((key) => `"${key}"`).join(", ")}; expected only fields of the format`;
  }
  const message = issue.message.replace(/^Invalid input: /, "").replace(/^(.)/, (first) => first.toLowerCase());
  return message.replace(/^(.*), received undefined$/, "missing; $1");
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function length(value: unknown): string {
  return typeof value === "string" ? `${value.length} characters` : typeof value;
}
