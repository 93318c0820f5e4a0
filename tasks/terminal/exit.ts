import { tmpdir } from "node:os";
import { tellFailure } from "../../src/terminal/mod.ts";
import { watchInterruption } from "./interruption.ts";

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
    status = tellFailure(error);
  }
  if (signal.aborted) return await end();
  Deno.exit(status);
}
