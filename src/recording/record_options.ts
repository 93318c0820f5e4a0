import type { Device } from "../devices/mod.ts";
import type { Layer, Network } from "../networks/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";
import type { Group, RecordedImage } from "./recording.ts";
import type { RecordingStore } from "./recording_store.ts";

/**
 * Parts of a recording whose time is worth knowing, as the thread that asks spends it: `decode` waits for images, `inference`
 * for what leaves the device; `merge` is everything done with that, and the wait for writing. The three add up to the clock's
 * time, and where threads run the network, `inference` is what is left of theirs.
 */
export type RecordPhase = "decode" | "inference" | "merge";

/** What is recorded, and how, in memory. */
export interface MemoryRecordOptions {
  /** Who sees the images. */
  readonly network: Network;
  /** Which of the network's layers. @default all */
  readonly layers?: readonly Layer[];
  /** Where it runs. */
  readonly device: Device;
  /** What it sees. */
  readonly images: readonly RecordedImage[];
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /** Blocks of a condition. @default one more than the highest that an image is in */
  readonly blocks?: number;
  /** The groups to record, where this is a part of a recording. @default all that have images */
  readonly groups?: readonly Group[];
  /** Gives image `i` of `images` as the network takes it: normalized, `[3, rows, columns]`. */
  readonly load: (i: number) => Promise<Float32Array>;
  /** sha256 of the file of weights, for the header; the graph is hashed with its tensors in any case. @default null */
  readonly weights?: string | null;
  /** How `load` makes the input, for the header. @default null */
  readonly preprocessing?: Preprocessing | null;
  /** sha256 over ids and bytes of the images, for the header; needed where the recording is kept. @default null */
  readonly stimuli?: string | null;
  /** Units per layer whose responses are kept for every image. @default 4096 */
  readonly sampledUnits?: number;
  /** Decides which those are; a whole number in 32 bits. @default 0 */
  readonly seed?: number;
  /** Most images to run at once. @default what `maxBatch` says */
  readonly batch?: number;
  /** What to call the network in lists of what is kept. @default null */
  readonly label?: string | null;
  /** Called after every batch with the number of images done, those that were found included. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told in one sentence that a file is not used, that an unfinished one is continued, or that another process is waited for. */
  readonly onNotice?: (sentence: string) => void;
  /** Runs each part of the work, for callers that keep a clock. */
  readonly time?: <T>(phase: RecordPhase, work: () => T | Promise<T>) => Promise<T>;
  /** Ends the recording when the batches under way have run; groups that have ended are kept. */
  readonly signal?: AbortSignal;
}

/** What is recorded, how, and where it is kept. */
export interface RecordOptions extends MemoryRecordOptions {
  /**
   * Where it is kept: the path of a file, or a store, where it lies under its key. What is there is used, and an unfinished file
   * continued. In a store it is kept until it is released there. @default in memory
   */
  readonly to?: string | RecordingStore;
}
