import { availableParallelism, cpus } from "node:os";
import type { Device } from "./device.ts";
import { loadNativeRuntime } from "./_native_runtime.ts";
import { OrtDevice, type OrtDeviceOptions } from "./_ort_device.ts";
import { type OrtApi, queue } from "./_ort_session.ts";
import { RUNTIMES } from "./runtimes.ts";

const inTurn = queue();

/**
 * The processor through ONNX Runtime's native build.
 *
 * @param openThreaded How graphs are compiled for several runs at once, given how many threads there are.
 */
export async function openCpu(
  threads: number = availableParallelism(),
  openThreaded?: (threads: number) => OrtDeviceOptions["openThreaded"],
): Promise<Device> {
  const ort = await loadNativeRuntime();
  ort.env.logLevel = "error";
  return new OrtDevice({
    name: "cpu",
    adapter: `${cpus()[0]?.model.trim() || "processor"}, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
    maxTensorBytes: Infinity,
    runtime: { api: ort as unknown as OrtApi, name: RUNTIMES.cpu, inTurn },
    session: {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Planned memory doubles the peak for graphs whose batch varies, and gains no time.
      enableMemPattern: false,
    },
    openThreaded: openThreaded?.(threads),
  });
}
