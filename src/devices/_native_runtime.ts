import process from "node:process";
import { isMainThread } from "node:worker_threads";
import type * as Ort from "onnxruntime-node";

const SWITCH = "ORT_DISABLE_TELEMETRY";

/**
 * Loads ONNX Runtime's native build; the only place that does.
 *
 * The build keeps a device id and a store of events under the user's cache and sends them to its vendor, unless this
 * variable is set before it is loaded. Deno's permissions do not hold native code back, so where the variable cannot be
 * set, the build is not loaded: a thread has a copy of the environment that native code does not read.
 *
 * @throws {Error} where there is no native build for this platform, the environment cannot be changed, or a thread
 * asks first.
 */
export async function loadNativeRuntime(): Promise<typeof Ort> {
  if (isMainThread) process.env[SWITCH] = "1";
  else if (process.env[SWITCH] !== "1") {
    throw new Error(
      `Cannot load the native runtime in a thread: it would send telemetry; expected ${SWITCH}=1 in the environment, ` +
        "or the main thread to open the cpu device first",
    );
  }
  return await import("onnxruntime-node");
}
