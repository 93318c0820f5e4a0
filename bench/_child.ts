/** What a process took. */
export interface ChildCost {
  readonly seconds: number;
  /** The most memory it has had; undefined where the system does not tell. */
  readonly peakBytes?: number;
  readonly out: string;
}

const POLL = 50;

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
  const poll = setInterval(() => {
    try {
      const found = /VmHWM:\s*(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${child.pid}/status`));
      if (found !== null) peakBytes = Number(found[1]) * 1024;
    } catch {
      // It has ended, or the system has no such file.
    }
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
