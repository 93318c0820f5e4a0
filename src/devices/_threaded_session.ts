import pLimit, { type LimitFunction } from "p-limit";
import type { HostTensor, Session } from "./device.ts";
import { free } from "../kernels/mod.ts";
import type { OrtRuntime } from "./_ort_session.ts";
import { ownBytes } from "./_sent_tensors.ts";
import { SessionThread } from "./_session_thread.ts";

/** How a graph is compiled in threads. */
export interface ThreadedOptions {
  /** How many threads have a session each. */
  readonly sessions: number;
  /** How many threads of the processor each of them uses for a run; `"gpu"` where runs go to the GPU. */
  readonly threads: number | "gpu";
  /** Shared by sessions that must not run beside each other. @default they may */
  readonly inTurn?: OrtRuntime["inTurn"];
  readonly onClose: (session: Session) => void;
}

/** A thread, and its compiling. */
interface Lane {
  readonly thread: SessionThread;
  readonly compiled: Promise<unknown>;
}

/**
 * A graph compiled in several threads, so that runs go on beside each other and beside the thread that asks: a call of the
 * native runtime holds its thread until it is done, and several sessions of one thread each are faster than one of several.
 * What comes out does not depend on which of them a run gets.
 */
export class ThreadedSession implements Session {
  /** One more than there are sessions: none is idle while the caller takes care of what another gave. */
  readonly ahead: number;
  readonly #lanes: readonly Lane[];
  readonly #idle: Lane[];
  readonly #limit: LimitFunction;
  readonly #onClose: (session: Session) => void;
  #closed = false;

  private constructor(lanes: readonly Lane[], onClose: (session: Session) => void) {
    this.ahead = lanes.length + 1;
    this.#lanes = lanes;
    this.#idle = [...lanes];
    this.#limit = pLimit({ concurrency: lanes.length, rejectOnClear: true });
    this.#onClose = onClose;
  }

  /**
   * Compiles in one thread after the other, from the same bytes. The first is enough to begin with.
   *
   * @param model Handed over: the array is empty afterwards.
   * @throws {Error} where the first cannot compile it.
   */
  static async open(
    model: Uint8Array,
    { sessions, threads, inTurn, onClose }: ThreadedOptions,
  ): Promise<ThreadedSession> {
    let bytes = Promise.resolve(ownBytes(model));
    const lanes = Array.from({ length: sessions }, (): Lane => {
      const thread = new SessionThread(threads, inTurn);
      bytes = bytes.then((bytes) => thread.compile(bytes));
      // Told to whoever runs it.
      bytes.catch(() => undefined);
      return { thread, compiled: bytes };
    });
    bytes.then(free).catch(() => undefined);
    const session = new ThreadedSession(lanes, onClose);
    try {
      await lanes[0].compiled;
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async run(feeds: Readonly<Record<string, HostTensor>>): Promise<Record<string, HostTensor>> {
    if (this.#closed) throw new Error("Cannot run the graph: its session is closed; expected an open one");
    return await this.#limit(async () => {
      const lane = this.#idle.shift()!;
      try {
        await lane.compiled;
        return await lane.thread.run(feeds);
      } finally {
        this.#idle.unshift(lane);
      }
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose(this);
    // What has not begun is not begun any more.
    this.#limit.clearQueue();
    await Promise.all(this.#lanes.map(({ thread }) => thread.close()));
  }
}
