/** The part of a `GPUDevice` that tells of its end. */
interface Losable {
  readonly lost: Promise<{ readonly message?: string; readonly reason?: string }>;
}

/**
 * Waits for a run, and ends it when the GPU is lost: the runtime would wait for an answer that never comes.
 *
 * @param run What the device is asked for.
 * @param device The device that the run is on.
 * @throws {Error} where the device is lost before the run has ended.
 */
export async function untilLost<T>(run: Promise<T>, device: Losable): Promise<T> {
  const lost = device.lost.then(({ message, reason }): never => {
    throw new Error(`Cannot run on webgpu: the device was lost (${message || reason || "no reason given"})`);
  });
  // A device is given up when its last session closes; nobody runs on it any more then.
  lost.catch(() => undefined);
  return await Promise.race([run, lost]);
}
