import process from "node:process";
import { RequestError } from "../errors.ts";
import { redactCredentials } from "../lock/mod.ts";
import { sentence } from "./sentence.ts";

/**
 * Tells on standard error, in one sentence, why a command failed; `FUSIFORM_DEBUG=1` adds the stack.
 *
 * @returns The exit status: 2 where the request was wrong, else 1.
 */
export function tellFailure(error: unknown): 1 | 2 {
  console.error(`error: ${sentence(error)}`);
  if (process.env.FUSIFORM_DEBUG === "1" && error instanceof Error) {
    console.error(redactCredentials(error.stack ?? ""));
  }
  return error instanceof RequestError ? 2 : 1;
}
