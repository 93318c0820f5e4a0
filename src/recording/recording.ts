import type { DeviceName } from "../devices/mod.ts";
import type { Moments } from "../statistics/mod.ts";
import type { Layer } from "../networks/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";

/** An image as the statistics know it. */
export interface RecordedImage {
  /** Identity within the set, as the blocks were drawn from it. */
  readonly id: string;
  /** Index into {@linkcode RecordingHeader.conditions}. */
  readonly condition: number;
  /** The finer category. */
  readonly category: string;
  /** The block of its condition that it belongs to, from 0. */
  readonly block: number;
}

/** Where a recording comes from: with the rest of the header, everything that decides its numbers. */
export interface RecordingSource {
  /** Version of the file's layout and of how it is computed. */
  readonly format: number;
  /** sha256 of the file of weights, in hexadecimal; null where there is none or nobody stated it. */
  readonly weights: string | null;
  /** sha256 of the network's graph with its tensors, in hexadecimal. */
  readonly graph: string;
  /** How images become the network's input. */
  readonly preprocessing: Preprocessing | null;
  /** sha256 over ids and bytes of the whole set of images, in hexadecimal. */
  readonly stimuli: string | null;
  /** Units per layer whose responses are kept; all of a smaller layer. */
  readonly sampledUnits: number;
  /** Decides which units those are. */
  readonly seed: number;
  /** Most images that ran at once. */
  readonly batch: number;
  /** The kind of device. */
  readonly device: DeviceName;
  /** What ran the network, with its version. */
  readonly runtime: string;
}

/** What a recording is of. Two recordings with equal headers hold the same numbers. */
export interface RecordingHeader {
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /** How many blocks each condition is divided into. */
  readonly blocks: number;
  /** The images, in the order they were given. */
  readonly images: readonly RecordedImage[];
  /** The layers, in the order of the request. */
  readonly layers: readonly Layer[];
  /** How it was made; null where it was not recorded from a network. */
  readonly source: RecordingSource | null;
}

/** The images of one condition and block; their moments are recorded together. */
export interface Group {
  /** Index of the condition. */
  readonly condition: number;
  /** The block. */
  readonly block: number;
}

/** What was recorded of one layer. */
export interface LayerRecording {
  /** Which layer. */
  readonly layer: Layer;
  /** `moments[condition][block]`, `[units]` each; n = 0 where a group has no images or was not recorded. */
  readonly moments: readonly (readonly Moments[])[];
  /** Responses of a sample of units to every image. */
  readonly sample: {
    /** Flat indices of the sampled units within the layer, ascending; every unit where the layer is small enough. */
    readonly units: Uint32Array;
    /**
     * `[images, sampled units]`, row-major, images in the order of {@linkcode RecordingHeader.images}. NaN where the image's
     * group was not recorded.
     */
    readonly responses: Float32Array;
  };
  /**
   * `[images, channels]`, images as in `sample`: each channel's mean response to each image, over its positions. A dimension of
   * a layer of tokens is a channel, and so is each feature of a layer without positions.
   */
  readonly channelMeans: Float32Array;
  /** Gives the memory of the moments back before the collector would; absent where the recording itself keeps them. */
  release?(): void;
}

/** What is kept of a network's responses to a set of images. One layer is in memory at a time. */
export interface Recording {
  /** What it is of. */
  readonly header: RecordingHeader;
  /** Where it lies; null where it is in memory or in several files. */
  readonly path: string | null;
  /** Groups with images that were not recorded: none unless it is a part of a recording. */
  readonly missing: readonly Group[];
  /** Worst relative error of the moments against those computed from the sampled responses. */
  readonly selfCheck: number;
  /**
   * Reads one layer.
   *
   * @param index Into {@linkcode RecordingHeader.layers}.
   * @throws {RangeError} where there is no such layer.
   * @throws {UnusableRecordingError} where what is read is not what was written.
   */
  readLayer(index: number): Promise<LayerRecording>;
  /** Lets the file go. Safe to call twice. */
  close(): Promise<void>;
}
