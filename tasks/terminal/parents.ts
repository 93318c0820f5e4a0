import os from "node:os";

/** One process of the machine. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its command line. */
  readonly command: string;
}

/** A program that runs another on the user's behalf, or the script that one is. */
const RUNNER = /^(\S*\/)?(deno|npm|npx|pnpm|pnpx|yarn|bunx?)(\s|$)/;
const SCRIPT = /^(\S*\/)?node(\s+-\S+)*\s+\S*?(\/|\s)((npm|npx|pnpm|yarn)(-cli)?(\.c?js)?|deno\/bin\.cjs)(\s|$)/;
/** The shell between two of them. */
const SHELL = /^(\S*\/)?(sh|ash|bash|dash|zsh) -c /;

/** How often is looked. */
const POLL_MS = 500;

/**
 * The task runners above a process: `deno task`, and `npx` above it. The user's own shell is none of them, nor what is
 * above it, since a run may outlive both.
 *
 * @returns Their ids, nearest first.
 */
export function runnersAbove(pid: number, processes: readonly Process[]): number[] {
  const byId = new Map(processes.map((entry) => [entry.pid, entry]));
  const found: number[] = [];
  const seen = new Set([pid]);
  for (let entry = byId.get(byId.get(pid)?.parent ?? 0); entry !== undefined; entry = byId.get(entry.parent)) {
    if (seen.has(entry.pid)) break;
    seen.add(entry.pid);
    if (RUNNER.test(entry.command) || SCRIPT.test(entry.command)) found.push(entry.pid);
    else if (!SHELL.test(entry.command)) break;
  }
  return found;
}

/** Reads what `ps -o pid=,ppid=,args=` prints. */
export function parseProcesses(text: string): Process[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match === null ? [] : [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] }];
  });
}

/** Without it a terminal would ask the user. */
function permitted(): boolean {
  return ([{ name: "run", command: "ps" }, { name: "sys", kind: "getPriority" }] as const)
    .every((permission) => Deno.permissions.querySync(permission).state === "granted");
}

async function listProcesses(): Promise<Process[]> {
  if (!permitted()) return [];
  try {
    const { stdout } = await new Deno.Command("ps", { args: ["-A", "-o", "pid=,ppid=,args="], stderr: "null" })
      .output();
    return parseProcesses(new TextDecoder().decode(stdout));
  } catch {
    // No such program: the parent alone is watched, below.
    return [];
  }
}

function lives(pid: number): boolean {
  try {
    os.getPriority(pid);
    return true;
  } catch (error) {
    return !(error instanceof Error && error.message.includes("ESRCH"));
  }
}

/**
 * Tells when a task runner above this process has died. A signal to `npx` or `deno task` ends it alone, and what it
 * started would go on.
 *
 * @param options.underRunner Whether one started this process, for machines that do not list processes and parents that die
 *   before they are listed.
 */
export async function watchParents(options: { underRunner: boolean; onDeath: () => void }): Promise<void> {
  // Windows keeps the id of a parent that is gone.
  if (Deno.build.os === "windows") return;
  const parent = Deno.ppid;
  const processes = await listProcesses();
  const runners = runnersAbove(Deno.pid, processes);
  // Where the parent died while the list was read, the list cannot say what it was.
  const unlisted = processes.length === 0 || Deno.ppid !== parent;
  const direct = runners.includes(parent) || (unlisted && options.underRunner);
  if (!direct && runners.length === 0) return;
  const timer = setInterval(() => {
    if (!(direct && Deno.ppid !== parent) && runners.every(lives)) return;
    clearInterval(timer);
    options.onDeath();
  }, POLL_MS);
}
