import type { z } from "zod";
import { oneLine } from "../errors.ts";
import { undescribedMeasure } from "./_check_measures.ts";
import type { Results } from "./results.ts";
import { resultsSchema } from "./schema.ts";

/** Results that fit the schema and name only measures that they describe, or what is wrong, in words. */
export function checkResults(value: unknown): { readonly results: Results } | { readonly problem: string } {
  const parsed = resultsSchema.safeParse(value);
  if (!parsed.success) return { problem: firstIssue(parsed.error) };
  const problem = undescribedMeasure(parsed.data);
  return problem === null ? { results: parsed.data } : { problem };
}

/** The first thing that does not fit, as `networks[0].layers[1].depth: Too big…`. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue.path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
  return oneLine(`${path || "the file"} does not fit the schema (${issue.message})`);
}
