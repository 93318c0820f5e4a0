import { readFileSync } from "node:fs";

const CONFIGURATION = new URL("../deno.json", import.meta.url);

/** How a task starts Deno. */
export interface TaskStart {
  /** Variables that it sets: how memory is handed out. */
  readonly env: Readonly<Record<string, string>>;
  /** Flags of `deno run`. */
  readonly flags: readonly string[];
}

/** Reads from `deno.json` how a task is started, so that what is timed is what users run. */
export function taskStart(task: string): TaskStart {
  const { tasks } = JSON.parse(readFileSync(CONFIGURATION, "utf8")) as { tasks: Record<string, { command: string }> };
  const words = tasks[task].command.split(" ");
  const start = words.indexOf("deno");
  return {
    env: Object.fromEntries(
      words.slice(0, start).map((word) => {
        const [name, ...value] = word.split("=");
        return [name, value.join("=")];
      }),
    ),
    flags: words.slice(start + 2).filter((word) => word.startsWith("-")),
  };
}
