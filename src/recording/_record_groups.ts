import { type Batch, planBatches } from "./batches.ts";
import type { GroupSink } from "./_memory_sink.ts";
import { free } from "../kernels/mod.ts";
import { type Feed, type ImageSource, loadFeed } from "./image_feed.ts";
import type { Slice } from "./_layout.ts";
import { type LayerOutput, MomentSession } from "./_moment_session.ts";
import { explainNotFinite } from "./_not_finite.ts";
import { OpenLayer } from "./_open_layer.ts";
import type { RecordPlan } from "./_plan.ts";
import type { MemoryRecordOptions } from "./record_options.ts";
import { checkGroups } from "./self_check.ts";

/** Runs the groups of a plan from a certain one on, and gives each to the sink when it has ended. */
export async function recordGroups(
  plan: RecordPlan,
  { from, sink, options }: { from: number; sink: GroupSink; options: MemoryRecordOptions },
): Promise<void> {
  const { layout, fixedBatch, most } = plan;
  const { network, device, images, signal, onProgress, time = run } = options;
  const batches = planBatches(layout.groups, most).filter(({ group }) => group >= from);
  const source: ImageSource = { images, shape: network.input.shape, fixedBatch, load: options.load };
  const total = layout.groups.reduce((sum, group) => sum + group.images.length, 0);
  let done = total - batches.reduce((sum, batch) => sum + batch.images.length, 0);
  if (done > 0) onProgress?.(done, total);
  const load = (k: number): Promise<Feed> => {
    const feed = loadFeed(batches[k], source);
    // Its failure is thrown when its turn comes, not while another batch runs.
    feed.catch(() => undefined);
    return feed;
  };
  let next = load(0);
  // Where a batch is a group, the device has nothing to carry.
  const carried = device.carries && batches.some(({ last }) => !last);
  const compiling = MomentSession.open(network, device, { layers: layout.layers, runs: batches.length, carried });
  const session = await compiling.catch(async (error) => {
    await next.catch(() => undefined);
    throw error;
  });
  const group = new OpenGroup(plan, sink);
  // Batches are kept in their order, whichever ends first.
  const running: { feed: Feed; outputs: Promise<LayerOutput[]> }[] = [];
  const keepFirst = async (): Promise<void> => {
    const { feed, outputs } = running.shift()!;
    const left = await time("inference", () => outputs);
    signal?.throwIfAborted();
    const finite = await time("merge", () => group.keep(feed.batch, left));
    if (!finite) {
      throw await explainNotFinite(session, layout.layers, images, {
        feed,
        group: layout.groups[feed.batch.group].images,
      });
    }
    free(feed.images.data as Float32Array);
    onProgress?.(done += feed.batch.images.length, total);
  };
  const keepAll = async (): Promise<void> => {
    while (running.length > 0) await keepFirst();
  };
  try {
    for (const k of batches.keys()) {
      const feed = await time("decode", () => next).catch(async (error) => {
        // The batches before the one that cannot be loaded are kept.
        await keepAll();
        throw error;
      });
      signal?.throwIfAborted();
      if (k + 1 < batches.length) next = load(k + 1);
      const outputs = session.run(feed);
      outputs.catch(() => undefined);
      running.push({ feed, outputs });
      if (running.length === session.ahead) await keepFirst();
    }
    await keepAll();
    await time("merge", () => sink.flush());
  } finally {
    // What was loading ahead is of no use any more.
    await next.catch(() => undefined);
    await session.close();
  }
}

async function run<T>(_phase: string, work: () => T | Promise<T>): Promise<T> {
  return await work();
}

/** The group that is under way. */
class OpenGroup {
  readonly #plan: RecordPlan;
  readonly #sink: GroupSink;
  readonly #layers: readonly OpenLayer[];
  #record = new Uint8Array(0);
  #slices: readonly Slice[] = [];

  constructor(plan: RecordPlan, sink: GroupSink) {
    this.#plan = plan;
    this.#sink = sink;
    this.#layers = plan.layout.layers.map((layer) => new OpenLayer(layer));
  }

  /** Keeps what a batch left at every layer; with the last batch of a group, the group. */
  async keep(batch: Batch, outputs: Parameters<OpenLayer["keep"]>[1][]): Promise<boolean> {
    if (batch.before === 0) this.#begin(batch.group);
    const finite = this.#layers.map((layer, index) => layer.keep(batch, outputs[index])).every((finite) => finite);
    if (!finite || !batch.last) return finite;
    for (const layer of this.#layers) layer.finish();
    const selfCheck = this.#check(batch.group);
    await this.#sink.put(batch.group, this.#record, selfCheck);
    return true;
  }

  #begin(group: number): void {
    const { layout } = this.#plan;
    const buffer = this.#sink.take(group);
    this.#record = new Uint8Array(buffer, 0, layout.recordBytes(group));
    this.#slices = layout.layers.map((_, index) => layout.slice(group, index, buffer, layout.sliceStart(group, index)));
    this.#layers.forEach((layer, index) => layer.begin(this.#slices[index]));
  }

  #check(group: number): number {
    const { layout, header } = this.#plan;
    const { condition, block, images } = layout.groups[group];
    const groupOf = new Int32Array(images.length);
    const describe = (): string => `${header.conditions[condition]}, block ${block}`;
    const errors = layout.layers.map(({ layer, sampled }, index) => {
      const { n, mean, m2, responses } = this.#slices[index];
      const sample = { units: sampled, responses };
      return checkGroups({ layer: layer.name, streamed: [{ n, mean, m2 }], sample, groupOf, describe });
    });
    return Math.max(0, ...errors);
  }
}
