import { channelsOf, type Layer } from "../networks/mod.ts";
import type { Moments } from "../statistics/mod.ts";
import type { ImageGroup } from "./groups_of.ts";
import { sampleIsChannels } from "./_moment_graph.ts";

/** A layer and the units whose responses are kept. */
export interface SampledLayer {
  readonly layer: Layer;
  /** Flat indices, ascending. */
  readonly sampled: Uint32Array;
}

/** One layer's part of a group's bytes, as arrays over them. */
export interface Slice extends Pick<Moments, "n"> {
  /** `[units]`. */
  readonly mean: Float32Array;
  /** `[units]`. */
  readonly m2: Float32Array;
  /** `[images of the group, sampled units]`. */
  readonly responses: Float32Array;
  /** `[images of the group, channels]`; the same array as `responses` where these are just that. */
  readonly channelMeans: Float32Array;
}

/**
 * Where the numbers of a group lie in its bytes: layer after layer mean, squared deviations, sampled responses and channel
 * means, all float32 and little-endian. Behind them the seal: the self-check as float64, a CRC-32 of each
 * layer's bytes, and one of what the seal holds before it.
 */
export class Layout {
  readonly layers: readonly SampledLayer[];
  readonly groups: readonly ImageGroup[];

  constructor(layers: readonly SampledLayer[], groups: readonly ImageGroup[]) {
    this.layers = layers;
    this.groups = groups;
  }

  /** Images of a group. */
  imagesOf(group: number): number {
    return this.groups[group].images.length;
  }

  /** Bytes of one layer of a group. */
  sliceBytes(group: number, index: number): number {
    const { layer, sampled } = this.layers[index];
    const channels = sampleIsChannels(layer, sampled.length) ? 0 : channelsOf(layer.shape);
    return 4 * (2 * layer.units + this.imagesOf(group) * (sampled.length + channels));
  }

  /** Where a layer begins in a group's bytes. */
  sliceStart(group: number, index: number): number {
    let start = 0;
    for (let before = 0; before < index; before++) start += this.sliceBytes(group, before);
    return start;
  }

  /** Where a group's numbers end and its seal begins. */
  payloadBytes(group: number): number {
    return this.sliceStart(group, this.layers.length);
  }

  /** Bytes of a group's seal. */
  get sealBytes(): number {
    return 8 + 4 * this.layers.length + 4;
  }

  /** Bytes of a group with its seal. */
  recordBytes(group: number): number {
    return this.payloadBytes(group) + this.sealBytes;
  }

  /** Where a group begins, counted from the first; the number of groups gives the bytes of all. */
  recordStart(group: number): number {
    return this.groups.slice(0, group).reduce((sum, _, before) => sum + this.recordBytes(before), 0);
  }

  /** Bytes of the largest group. */
  get largestRecord(): number {
    return Math.max(0, ...this.groups.map((_, group) => this.recordBytes(group)));
  }

  /** One layer of a group, as arrays over the buffer that it begins in at `start`. */
  slice(group: number, index: number, buffer: ArrayBuffer, start: number): Slice {
    const { layer, sampled } = this.layers[index];
    const n = this.imagesOf(group);
    let at = start;
    const take = (length: number): Float32Array<ArrayBuffer> => {
      const array = new Float32Array(buffer, at, length);
      at += array.byteLength;
      return array;
    };
    const mean = take(layer.units);
    const m2 = take(layer.units);
    const responses = take(n * sampled.length);
    const shared = sampleIsChannels(layer, sampled.length);
    return { n, mean, m2, responses, channelMeans: shared ? responses : take(n * channelsOf(layer.shape)) };
  }
}
