import { redactCredentials } from "../lock/mod.ts";

/** What went wrong, in one sentence without passwords: logs are read by others too. */
export function sentence(error: unknown): string {
  return redactCredentials(error instanceof Error ? error.message : String(error));
}
