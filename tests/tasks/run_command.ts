/** How a task ended, and what it said. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/**
 * Runs a command line of `tasks/` in a process of its own, from the root of the project.
 *
 * @param file Its name: `reproduce.ts`.
 * @param env More of its environment.
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", `tasks/${file}`, ...args],
    cwd: new URL("../../", import.meta.url),
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), error: text(stderr) };
}
