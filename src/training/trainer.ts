import type { Device, HostTensor, Session } from "../devices/mod.ts";
import type { NamedTensor } from "../weights/mod.ts";
import { ADAM, type AdamState, cosineRate, stepAdam } from "./adam.ts";
import { buildStep, type StepPlan } from "./step_graph.ts";

/** What does not change during a training. */
export interface TrainingPlan extends StepPlan {
  readonly steps: number;
  /** The highest, after warming up. */
  readonly learningRate: number;
}

/** Everything a training goes on from; tensors are named `tensor/…`, `first/…`, `second/…` and `running/…`. */
export interface Snapshot {
  /** Steps done. */
  readonly step: number;
  readonly tensors: ReadonlyMap<string, NamedTensor>;
}

/** How much of a batch's statistics goes into the running ones; torchvision's. */
const MOMENTUM = 0.1;

/** Whether a tensor belongs to the trunk that all objectives share. */
export function isTrunk(name: string): boolean {
  return /^(conv1|bn1|layer\d+)\./.test(name);
}

function isRunning(name: string): boolean {
  return /\.running_(mean|var)$/.test(name);
}

/** A network in training, one step at a time. */
export class Trainer {
  readonly plan: TrainingPlan;
  readonly #session: Session;
  readonly #states: ReadonlyMap<string, AdamState>;
  readonly #running: ReadonlyMap<string, NamedTensor>;
  #step: number;

  private constructor(plan: TrainingPlan, session: Session, { step, tensors }: Snapshot) {
    this.plan = plan;
    this.#session = session;
    this.#step = step;
    const group = (prefix: string): Map<string, NamedTensor> =>
      new Map(
        [...tensors].filter(([name]) => name.startsWith(prefix)).map((
          [name, { shape, data }],
        ) => [name.slice(prefix.length), { shape, data: Float32Array.from(data) }]),
      );
    const first = group("first/"), second = group("second/");
    this.#states = new Map(
      [...group("tensor/")].map(([name, tensor]) => [
        name,
        { ...tensor, first: first.get(name)!.data, second: second.get(name)!.data },
      ]),
    );
    this.#running = group("running/");
  }

  /**
   * Goes on from a snapshot.
   *
   * @param width Numbers in a row of the target.
   */
  static async open(plan: TrainingPlan, snapshot: Snapshot, width: number, device: Device): Promise<Trainer> {
    const own = [...snapshot.tensors].filter(([name]) => name.startsWith("tensor/"));
    const tensors = new Map(own.map(([name, tensor]) => [name.slice("tensor/".length), tensor]));
    return new Trainer(plan, await device.open(buildStep(plan, tensors, width).toBytes()), snapshot);
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /**
   * Takes one step and gives the batch's loss before it.
   *
   * @param images `[batch, 3, side, side]`, normalized.
   * @param target `[batch, width]`, as the objective takes it.
   * @throws {Error} where the loss is not a number.
   */
  async advance(images: Float32Array, target: Float32Array): Promise<number> {
    const { batch, trunk, steps, learningRate } = this.plan;
    const feeds: Record<string, HostTensor> = {
      images: { data: images, shape: [batch, 3, trunk.side, trunk.side] },
      target: { data: target, shape: [batch, target.length / batch] },
    };
    for (const [name, { data, shape }] of this.#states) feeds[name] = { data, shape };
    const found = await this.#session.run(feeds);
    const of = (name: string): Float32Array => found[name].data as Float32Array;
    const [loss] = of("loss");
    if (!Number.isFinite(loss)) throw new Error(`Cannot go on training: the loss at step ${this.#step + 1} is ${loss}`);
    const rates = { step: this.#step, rate: cosineRate(this.#step, steps, learningRate), options: ADAM };
    for (const [name, state] of this.#states) stepAdam(state, of(`gradient/${name}`), rates);
    for (const [name, { data }] of this.#running) {
      of(`batch/${name}`).forEach((value, i) => data[i] += MOMENTUM * (value - data[i]));
    }
    this.#step++;
    return loss;
  }

  /** A copy of everything. */
  snapshot(): Snapshot {
    const tensors = new Map<string, NamedTensor>();
    const copy = (name: string, shape: readonly number[], data: Float32Array): void =>
      void tensors.set(name, { shape, data: data.slice() });
    for (const [name, { shape, data }] of this.#states) copy(`tensor/${name}`, shape, data);
    for (const [name, { shape, first }] of this.#states) copy(`first/${name}`, shape, first);
    for (const [name, { shape, second }] of this.#states) copy(`second/${name}`, shape, second);
    for (const [name, { shape, data }] of this.#running) copy(`running/${name}`, shape, data);
    return { step: this.#step, tensors };
  }

  /** Frees the device's memory. */
  close(): Promise<void> {
    return this.#session.close();
  }
}

/** The snapshot before the first step, from initial weights; tensors of running statistics are told by name. */
export function startFrom(weights: ReadonlyMap<string, NamedTensor>): Snapshot {
  const tensors = new Map<string, NamedTensor>();
  for (const [name, tensor] of weights) {
    if (isRunning(name)) {
      tensors.set(`running/${name}`, tensor);
      continue;
    }
    tensors.set(`tensor/${name}`, tensor);
    for (const moment of ["first", "second"]) {
      tensors.set(`${moment}/${name}`, { shape: tensor.shape, data: new Float32Array(tensor.data.length) });
    }
  }
  return { step: 0, tensors };
}

/** The network's own tensors out of a snapshot, in the order of their names. */
export function weightsOf({ tensors }: Snapshot): Map<string, NamedTensor> {
  const own: [string, NamedTensor][] = [];
  for (const [name, tensor] of tensors) {
    const [, group, rest] = /^(tensor|running)\/(.*)$/.exec(name) ?? [];
    if (group !== undefined) own.push([rest, tensor]);
  }
  return new Map(own.sort(([a], [b]) => a < b ? -1 : 1));
}
