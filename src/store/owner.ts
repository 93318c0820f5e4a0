import { createHash, randomBytes } from "node:crypto";
import os from "node:os";
import process from "node:process";

/** A name for a file that this process alone writes: it says which process of which machine that is. */
export function ownName(): string {
  return `${machine()}-${process.pid}-${randomBytes(4).toString("hex")}`;
}

/**
 * Whether the process that made up a name still runs.
 *
 * @param name What {@linkcode ownName} gave, or a name that ends with `-` and that.
 * @returns Null where that cannot be told: the name is another machine's, or of no such form.
 */
export function ownerRuns(name: string): boolean | null {
  const [, host, pid] = /(?:^|-)([0-9a-f]{8})-(\d+)-[0-9a-f]{8}$/.exec(name) ?? [];
  if (host === undefined || host !== machine()) return null;
  try {
    os.getPriority(Number(pid));
    return true;
  } catch (error) {
    // Any other failure means that there is a process whose priority is kept from this one, or that nothing may be asked.
    return /ESRCH/.test(String(error)) ? false : null;
  }
}

function machine(): string {
  let name: string;
  try {
    name = os.hostname();
  } catch {
    // Where the name is kept from this process, nobody else's process may count as one of the same machine.
    name = randomBytes(16).toString("hex");
  }
  return createHash("sha256").update(name).digest("hex").slice(0, 8);
}
