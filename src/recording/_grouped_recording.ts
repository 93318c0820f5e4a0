import { channelsOf } from "../networks/mod.ts";
import type { Moments, StoredMoments } from "../statistics/mod.ts";
import { free } from "../kernels/mod.ts";
import { groupKey, missingGroups } from "./groups_of.ts";
import type { Layout, Slice } from "./_layout.ts";
import { layerAt } from "./memory_recording.ts";
import { momentBytes } from "./moment_bytes.ts";
import type { Group, LayerRecording, Recording, RecordingHeader } from "./recording.ts";

/** Where the groups of a recording are. */
export interface GroupSource {
  /** Reads one layer of a group. */
  read(group: number, index: number): Promise<Slice>;
  /** Whether each slice has memory of its own, which goes with it. */
  readonly copies: boolean;
  /** How moments of one layer of a group are read when they are needed; undefined where all are in memory anyway. */
  readonly stored?: {
    /** Moments of a layer that take no more bytes are read at once. */
    readonly most: number;
    read(group: number, index: number): StoredMoments;
  };
  close(): Promise<void>;
}

/** A recording whose layers are put together from groups when they are read. */
export class GroupedRecording implements Recording {
  readonly header: RecordingHeader;
  readonly path: string | null;
  readonly selfCheck: number;
  readonly missing: readonly Group[];
  readonly #layout: Layout;
  readonly #source: GroupSource;

  constructor(
    header: RecordingHeader,
    { layout, source, path, selfCheck }: {
      layout: Layout;
      source: GroupSource;
      path: string | null;
      selfCheck: number;
    },
  ) {
    this.header = header;
    this.path = path;
    this.selfCheck = selfCheck;
    this.#layout = layout;
    this.#source = source;
    const held = new Set(layout.groups.map(groupKey));
    this.missing = missingGroups(header.images, (group) => held.has(groupKey(group)));
  }

  async readLayer(index: number): Promise<LayerRecording> {
    const { layer, sampled } = layerAt(this.#layout.layers, index);
    const { conditions, blocks, images } = this.header;
    const channels = channelsOf(layer.shape);
    const none: Moments = { n: 0, mean: new Float32Array(layer.units), m2: new Float32Array(layer.units) };
    const moments = conditions.map(() => new Array<Moments>(blocks).fill(none));
    const filled = this.missing.length > 0 ? NaN : 0;
    const responses = new Float32Array(images.length * sampled.length).fill(filled);
    let channelMeans: Float32Array | null = null;
    const { groups } = this.#layout;
    const { stored: storage } = this.#source;
    const large = storage !== undefined && momentBytes(groups.length, layer.units, storage.most) === 0;
    for (const [group, { condition, block, images: rows }] of groups.entries()) {
      const slice = await this.#source.read(group, index);
      const stored = large ? storage.read(group, index) : undefined;
      moments[condition][block] = stored ?? { n: slice.n, mean: slice.mean, m2: slice.m2 };
      scatter(slice.responses, rows, responses);
      if (slice.channelMeans !== slice.responses) {
        channelMeans ??= new Float32Array(images.length * channels).fill(filled);
        scatter(slice.channelMeans, rows, channelMeans);
      }
      if (stored !== undefined) free(slice.mean);
    }
    const read = { layer, moments, sample: { units: sampled, responses }, channelMeans: channelMeans ?? responses };
    if (!this.#source.copies || large) return read;
    return {
      ...read,
      release: () => moments.forEach((blocks) => blocks.forEach(({ mean }) => free(mean as Float32Array))),
    };
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}

/** Puts a group's rows where its images stand in the header. */
function scatter(from: Float32Array, rows: readonly number[], to: Float32Array): void {
  const width = from.length / rows.length;
  rows.forEach((row, i) => to.set(from.subarray(i * width, (i + 1) * width), row * width));
}
