import os from "node:os";
import process from "node:process";
import type { Device } from "../devices/mod.ts";
import { gitCommit } from "./git_commit.ts";
import type { MachineDescription, RunPlace } from "./run_place.ts";
import { sourceHash } from "./source_hash.ts";

/** Describes where a run happens. */
export function describeMachine(device: Device): MachineDescription {
  const cpus = os.cpus();
  return {
    deno: process.versions.deno ?? `none (Node ${process.versions.node})`,
    runtime: device.runtime,
    device: device.name,
    adapter: device.adapter,
    cpu: `${cpus[0]?.model.trim() ?? "unknown"} × ${cpus.length}`,
    os: `${os.platform()} ${os.arch()} ${os.release()}`,
  };
}

/** The most memory that the process has held so far, in bytes. */
export function peakRssBytes(): number {
  const kibibytes = process.resourceUsage?.().maxRSS ?? 0;
  return Math.max(kibibytes * 1024, process.memoryUsage().rss);
}

/** Where a run of this process happens, when it has ended. */
export async function describePlace(device: Device, startedAt: Date): Promise<RunPlace> {
  return {
    machine: describeMachine(device),
    gitCommit: await gitCommit(),
    source: await sourceHash(),
    wallSeconds: (Date.now() - startedAt.getTime()) / 1000,
    peakRssBytes: peakRssBytes(),
  };
}
