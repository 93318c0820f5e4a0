import process from "node:process";
import { RequestError } from "../errors.ts";
import { onUnfinished, removeUnfinished, type Unfinished } from "../store/mod.ts";
import { reproduceCommand } from "./reproduce_command.ts";
import { tellFailure } from "./tell_failure.ts";

const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/** What work has to stop by itself. */
const GRACE_MS = 1000;

const USAGE = "Usage: fusiform reproduce [study] [options]; fusiform reproduce --help lists the options";

async function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [command, ...rest] = args;
  if (command === "reproduce") return await reproduceCommand(rest, { name: "fusiform reproduce", signal });
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    console.log(USAGE);
    return command === undefined ? 2 : 0;
  }
  throw new RequestError(`Unknown command: "${command}". Should be reproduce`);
}

/** Ends an interrupted process; what is unfinished goes. */
async function end(name: keyof typeof NUMBERS, unfinished: ReadonlyMap<string, Unfinished>): Promise<never> {
  await Promise.allSettled([...unfinished.values()].map(removeUnfinished));
  console.error("interrupted; no report was written");
  process.exit(128 + NUMBERS[name]);
}

/**
 * The package's own command line, `fusiform`: runs the command that the process's arguments name and ends the process with its
 * status, 130 or 143 where it was interrupted.
 */
export async function runCommandLine(): Promise<never> {
  const controller = new AbortController();
  const unfinished = new Map<string, Unfinished>();
  onUnfinished((entry, open) => {
    if (open) unfinished.set(entry.path, entry);
    else unfinished.delete(entry.path);
  });
  let by: keyof typeof NUMBERS | null = null;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      by = name;
      controller.abort(new Error("interrupted"));
      setTimeout(() => end(name, unfinished), GRACE_MS);
    });
  }
  let status: number;
  try {
    status = await run(process.argv.slice(2), controller.signal);
  } catch (error) {
    status = by === null ? tellFailure(error) : 1;
  }
  if (by !== null) await end(by, unfinished);
  process.exit(status);
}
