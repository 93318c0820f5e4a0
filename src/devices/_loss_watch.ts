import type { OrtRuntime } from "./_ort_session.ts";

/** The part of a `GPUDevice` that tells of its end. */
interface Losable {
  readonly lost: Promise<{ readonly message?: string; readonly reason?: string }>;
}

/**
 * Does one piece of work after the other, and ends it when the GPU is lost: the runtime would wait for an answer that never
 * comes.
 *
 * @param inTurn Does one piece of work after the other.
 * @param device Gives the device that the runtime has made, once it has made one.
 */
export function endWhenLost(inTurn: OrtRuntime["inTurn"], device: () => Promise<Losable>): OrtRuntime["inTurn"] {
  let lost: Promise<never> | null = null;
  const watch = async (): Promise<void> => {
    if (lost !== null) return;
    const found = await device();
    lost = found.lost.then(({ message, reason }) => {
      throw new Error(`Cannot run on webgpu: the device was lost (${message || reason || "no reason given"})`);
    });
    // Told to whoever works with it.
    lost.catch(() => undefined);
  };
  return <T>(work: () => Promise<T>): Promise<T> =>
    inTurn(async () => {
      if (lost !== null) return await Promise.race([work(), lost]);
      const done = await work();
      await watch();
      return done;
    });
}
