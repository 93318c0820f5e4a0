import { RequestError } from "../../src/errors.ts";
import { redactCredentials } from "../../src/lock/mod.ts";
import { tmpdir } from "node:os";
import process from "node:process";
import { watchInterruption } from "./interruption.ts";

/** What went wrong, in one sentence without passwords: logs are read by others too. */
export function sentence(error: unknown): string {
  return redactCredentials(error instanceof Error ? error.message : String(error));
}

/**
 * Runs a command line and ends the process with its status: what `main` returns, 2 where the request was wrong, 1 where
 * the run failed, 130 where it was interrupted and 143 where it was terminated. Errors are one sentence on standard error;
 * `FUSIFORM_DEBUG=1` adds the stack.
 *
 * @param main Its signal is aborted when the process is interrupted; it has a second to stop, and need not.
 * @param interrupted What is said then.
 */
export async function runTask(
  main: (signal: AbortSignal) => Promise<number>,
  interrupted = "interrupted",
): Promise<never> {
  // Mesa complains on standard error where a session has no runtime directory, as in containers.
  if (Deno.build.os === "linux" && !Deno.env.has("XDG_RUNTIME_DIR")) Deno.env.set("XDG_RUNTIME_DIR", tmpdir());
  const { signal, end } = await watchInterruption(interrupted);
  let status: number;
  try {
    status = await main(signal);
  } catch (error) {
    if (signal.aborted) return await end();
    console.error(`error: ${sentence(error)}`);
    if (process.env.FUSIFORM_DEBUG === "1" && error instanceof Error) {
      console.error(redactCredentials(error.stack ?? ""));
    }
    status = error instanceof RequestError ? 2 : 1;
  }
  if (signal.aborted) return await end();
  Deno.exit(status);
}
