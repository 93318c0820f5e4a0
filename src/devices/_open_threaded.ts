import { totalmem } from "node:os";
import type { OrtDeviceOptions } from "./_ort_device.ts";
import type { OrtRuntime } from "./_ort_session.ts";
import { ThreadedSession } from "./_threaded_session.ts";

/** A session holds the weights up to three times while it is compiled: as read, as tensors, and packed for the processor. */
const MODELS = 3;
/** What a session needs to run a batch. */
const RUN_BYTES = 300 * 2 ** 20;
/** The part of the machine's memory that sessions may take. */
const SHARE = 1 / 4;

/**
 * Compiles graphs in as many threads as runs are asked for, as the device has, and as memory deserves; where these are fewer
 * than the device has, each uses several for its runs. A single session runs where it is asked for.
 *
 * @param threads Threads of the device.
 */
export function openThreaded(threads: number): NonNullable<OrtDeviceOptions["openThreaded"]> {
  return (model, { runs, onClose }) => {
    const fitting = Math.floor(totalmem() * SHARE / (MODELS * model.byteLength + RUN_BYTES));
    const sessions = Math.min(threads, runs, fitting);
    if (sessions < 2) return null;
    return ThreadedSession.open(model, { sessions, threads: Math.floor(threads / sessions), onClose });
  };
}

/** Compiles graphs that run more than once in a thread, so that the thread that asks is free while the GPU computes. */
export function openBeside(inTurn: OrtRuntime["inTurn"]): NonNullable<OrtDeviceOptions["openThreaded"]> {
  return (model, { runs, onClose }) =>
    runs < 2 ? null : ThreadedSession.open(model, { sessions: 1, threads: "gpu", inTurn, onClose });
}
