/** What a process took. */
export interface ChildCost {
  readonly seconds: number;
  /** The most memory that it was seen to have; undefined where the system does not tell. */
  readonly peakBytes?: number;
  readonly out: string;
}

const POLL = 250;

/** The memory that a process has now; undefined where there is no `ps` to ask, or the process has ended. */
async function memoryOf(pid: number): Promise<number | undefined> {
  const asked = new Deno.Command("ps", { args: ["-o", "rss=", "-p", String(pid)] }).output();
  const text = await asked.then(({ stdout }) => new TextDecoder().decode(stdout).trim(), () => "");
  return text === "" ? undefined : Number(text) * 1024;
}

/**
 * Runs a program to its end.
 *
 * @throws {Error} where it fails, with the end of what it said.
 */
export async function runChild(
  program: string,
  args: readonly string[],
  { env = {}, signal }: { readonly env?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
): Promise<ChildCost> {
  const started = performance.now();
  const child = new Deno.Command(program, {
    args: [...args],
    env: { NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
    signal,
  }).spawn();
  let peakBytes: number | undefined;
  const poll = setInterval(async () => {
    const bytes = await memoryOf(child.pid);
    if (bytes !== undefined) peakBytes = Math.max(peakBytes ?? 0, bytes);
  }, POLL);
  try {
    const { code, stdout, stderr } = await child.output();
    const seconds = (performance.now() - started) / 1000;
    const out = new TextDecoder().decode(stdout);
    if (code !== 0) {
      const said = (new TextDecoder().decode(stderr) + out).trim().split("\n").slice(-5).join("\n");
      throw new Error(`Cannot time ${program} ${args.slice(0, 4).join(" ")}: it ended with status ${code}\n${said}`);
    }
    return { seconds, out, ...(peakBytes === undefined ? {} : { peakBytes }) };
  } finally {
    clearInterval(poll);
  }
}
