import { GroupedRecording } from "./_grouped_recording.ts";
import type { Layout } from "./_layout.ts";
import type { Recording, RecordingHeader } from "./recording.ts";

/** Where groups go when they have ended. */
export interface GroupSink {
  /** Memory for a group's record. */
  take(group: number): ArrayBuffer;
  /** Keeps a group whose record is complete. */
  put(group: number, record: Uint8Array<ArrayBuffer>, selfCheck: number): Promise<void>;
  /** Waits until everything is kept. */
  flush(): Promise<void>;
}

/** Keeps groups in memory. */
export class MemorySink implements GroupSink {
  readonly #layout: Layout;
  readonly #groups: ArrayBuffer[] = [];
  #selfCheck = 0;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  take(group: number): ArrayBuffer {
    return new ArrayBuffer(this.#layout.recordBytes(group));
  }

  put(group: number, { buffer }: Uint8Array<ArrayBuffer>, selfCheck: number): Promise<void> {
    this.#groups[group] = buffer;
    this.#selfCheck = Math.max(this.#selfCheck, selfCheck);
    return Promise.resolve();
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  /** What was recorded. */
  recording(header: RecordingHeader): Recording {
    const layout = this.#layout;
    return new GroupedRecording(header, {
      layout,
      source: {
        copies: false,
        read: (group, index) =>
          Promise.resolve(layout.slice(group, index, this.#groups[group], layout.sliceStart(group, index))),
        close: () => Promise.resolve(),
      },
      path: null,
      selfCheck: this.#selfCheck,
    });
  }
}
