import type { Device } from "../devices/browser.ts";
import type { MachineDescription } from "../reproduce/browser.ts";

/** What a browser tells of the machine that it runs on. */
export function machineOf({ name, adapter, runtime }: Device): MachineDescription {
  return {
    deno: "none (a browser)",
    runtime,
    device: name,
    adapter,
    cpu: `unknown × ${navigator.hardwareConcurrency}`,
    os: navigator.userAgent,
  };
}
