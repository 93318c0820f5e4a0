import { oneLine } from "../errors.ts";

/** What a library or the interpreter said, on one line and without an end. */
export function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return oneLine(text).replace(/[.\s]+$/, "");
}
