/** Opens files one after the other and prints, for each, how that ended, the time it took and the most memory so far. */
import { createHash } from "node:crypto";
import process from "node:process";
import { GraphBuilder } from "../../src/onnx/mod.ts";
import { readFileSync } from "node:fs";
import { readOnnx } from "../../src/reproduce/read_onnx.ts";
import { openOrigin, readImage } from "../../src/stimuli/open_origin.ts";
import { openCheckpoint } from "../../src/weights/mod.ts";
import type { Opened } from "./open_files.ts";

const OPEN: Readonly<Record<string, (path: string) => Promise<string>>> = {
  checkpoint: async (path) => {
    const checkpoint = await openCheckpoint(path);
    try {
      for (const name of checkpoint.tensors.keys()) await checkpoint.read(name);
      return `${checkpoint.tensors.size} tensors`;
    } finally {
      await checkpoint.close();
    }
  },
  onnx: async (path) => `${GraphBuilder.from((await readOnnx(path)).model).nodes.length} nodes`,
  image: async (path) => {
    const sha256 = createHash("sha256").update(await readImage(path)).digest("hex");
    const { width, height } = await openOrigin({ path, name: path, sha256 });
    return `${width}×${height}`;
  },
};

/** What `getrusage` says begins with the parent's; Linux knows better. */
function peakBytes(): number {
  if (Deno.build.os !== "linux") return process.memoryUsage().rss;
  return 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]);
}

for (const argument of Deno.args) {
  const at = argument.indexOf("=");
  const path = argument.slice(at + 1);
  const before = process.cpuUsage();
  let opened: string | null = null, error: string | null = null;
  try {
    opened = await OPEN[argument.slice(0, at)](path);
  } catch (failure) {
    error = (failure as Error).message;
  }
  const { user, system } = process.cpuUsage(before);
  const told: Opened = { opened, error, seconds: (user + system) / 1e6, peakBytes: peakBytes() };
  console.log(JSON.stringify(told));
}
