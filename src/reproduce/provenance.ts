import os from "node:os";
import process from "node:process";
import { type Device, runtimeOf } from "../devices/mod.ts";

/** The machine and the runtime, as the provenance states them. */
export interface MachineDescription {
  readonly deno: string;
  readonly runtime: string;
  readonly device: string;
  readonly adapter: string;
  readonly cpu: string;
  readonly os: string;
}

/** Describes where a run happens. */
export function describeMachine(device: Device): MachineDescription {
  const cpus = os.cpus();
  return {
    deno: process.versions.deno ?? `none (Node ${process.versions.node})`,
    runtime: runtimeOf(device.name),
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
