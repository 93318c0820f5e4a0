import { fileURLToPath } from "node:url";
import { taskStart } from "../../bench/_task_start.ts";

/** How opening a file ended. */
export interface Opened {
  /** What is in it; null where it was refused. */
  readonly opened: string | null;
  /** Why it was refused; null where it was not. */
  readonly error: string | null;
  /** Of the processor, over all threads: what other processes do beside it does not count. */
  readonly seconds: number;
  /** The most memory of the process up to then. */
  readonly peakBytes: number;
}

/**
 * Opens files in a process of its own, which may die of one.
 *
 * @param files What each is opened as, `checkpoint`, `onnx` or `image`, and its path.
 * @returns One for each file that the process survived.
 */
export async function openFiles(files: readonly (readonly [as: string, path: string])[]): Promise<Opened[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", fileURLToPath(new URL("./_open_files.ts", import.meta.url))],
      ...files.map(([as, path]) => `${as}=${path}`),
    ],
    env: { NO_COLOR: "1", ...taskStart("reproduce").env },
    stderr: "inherit",
  });
  const { stdout } = await child.output();
  return new TextDecoder().decode(stdout).trim().split("\n").filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Opened);
}
