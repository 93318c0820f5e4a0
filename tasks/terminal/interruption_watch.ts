/** The thread behind `watchInterruption`. */
import process from "node:process";
// Not through mod.ts: this thread should be there at once.
import { removeUnfinished, type Unfinished } from "../../src/store/unfinished.ts";
import { claimEnd, type FromWatch, type ToWatch } from "./interruption_messages.ts";
import { watchParents } from "./parents.ts";

/** What work has to stop by itself. */
const GRACE_MS = 1000;
/** What removing files may take after it. */
const REMOVAL_MS = 500;

const unfinished = new Map<string, Unfinished>();
const listeners = new Map<Deno.Signal, () => void>();
let settings: Extract<ToWatch, { kind: "start" }>;
let ending = false;

function tell(message: FromWatch): void {
  (self as unknown as { postMessage(message: FromWatch): void }).postMessage(message);
}

function interrupt(name: Deno.Signal): void {
  // A terminal and a task runner may both pass the signal on.
  if (ending) return;
  ending = true;
  tell({ ready: false, name });
  setTimeout(() => endProcess(name), GRACE_MS);
}

async function endProcess(name: Deno.Signal): Promise<void> {
  if (!claimEnd(settings.claim)) return;
  const removal = Promise.allSettled([...unfinished.values()].map(removeUnfinished));
  await Promise.race([removal, new Promise((resolve) => setTimeout(resolve, REMOVAL_MS))]);
  // A bar of progress stands in the line and hides the cursor.
  console.error(settings.terminal ? `\r\x1b[2K\x1b[?25h${settings.sentence}` : settings.sentence);
  // A thread cannot exit for the process. The signal itself does it, once nobody listens: with its own status.
  for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
  process.kill(process.pid, name);
}

function listen(name: Deno.Signal): void {
  const listener = (): void => interrupt(name);
  Deno.addSignalListener(name, listener);
  listeners.set(name, listener);
}

async function start(): Promise<void> {
  listen("SIGINT");
  if (Deno.build.os === "windows") listen("SIGBREAK");
  else listen("SIGTERM");
  // Sent when a terminal closes; a process without one may have been told to ignore it.
  if (settings.terminal && Deno.build.os !== "windows") listen("SIGHUP");
  // Notes the parent before work begins.
  const watching = watchParents({ underRunner: settings.underRunner, onDeath: () => interrupt("SIGTERM") });
  tell({ ready: true });
  await watching;
}

self.addEventListener("message", (event) => {
  const message = (event as MessageEvent<ToWatch>).data;
  if (message.kind === "start") {
    settings = message;
    start();
  } else if (message.open) unfinished.set(message.entry.path, message.entry);
  else unfinished.delete(message.entry.path);
});
