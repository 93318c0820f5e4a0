import { z } from "zod";
import { resultsSchema } from "./schema.ts";

/** The JSON Schema (draft 2020-12) of results.json, to publish beside it. */
export function resultsJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(resultsSchema, { io: "output" }),
    title: "Fusiform results",
    description: "What a run of Fusiform leaves: networks, measures, comparisons and claims.",
  };
}
