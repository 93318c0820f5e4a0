import { type Device, runtimeOf } from "../devices/browser.ts";
import type { MachineDescription } from "../reproduce/browser.ts";

/** What a browser tells of the machine that it runs on. */
export function machineOf({ name, adapter }: Device): MachineDescription {
  return {
    deno: "none (a browser)",
    runtime: runtimeOf(name),
    device: name,
    adapter,
    cpu: `unknown × ${navigator.hardwareConcurrency}`,
    os: navigator.userAgent,
  };
}
