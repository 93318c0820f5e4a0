import type { InferenceSession, Tensor, TypedTensor } from "onnxruntime-node";
import type { HostTensor, OpenOptions, RunOptions, Session } from "./device.ts";

/** What the three builds of ONNX Runtime have in common. */
export interface OrtApi {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (
    type: "float32" | "int64",
    data: Float32Array | BigInt64Array,
    dims: readonly number[],
  ) => Tensor;
}

/** How a device runs its sessions. */
export interface OrtRuntime {
  readonly api: OrtApi;
  /** The build, with its version. */
  readonly name: string;
  /** Runs one piece of work after the other: the WebAssembly builds refuse a call while another is under way. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Waits for a run that is under way, and fails where its device is lost. @default waits */
  readonly watch?: <T>(run: Promise<T>) => Promise<T>;
}

/** Makes an {@linkcode OrtRuntime.inTurn}. */
export function queue(): OrtRuntime["inTurn"] {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
}

/** A session of ONNX Runtime behind the device interface. */
export class OrtSession implements Session {
  readonly #runtime: OrtRuntime;
  readonly #onClose: (session: OrtSession) => void;
  readonly #carried: ReadonlyMap<string, string>;
  /** What the last run carried, by the input that takes it. */
  readonly #held = new Map<string, Tensor>();
  #session: InferenceSession | null;

  constructor(
    session: InferenceSession,
    runtime: OrtRuntime,
    { carried = {}, onClose }: Pick<OpenOptions, "carried"> & { readonly onClose: (session: OrtSession) => void },
  ) {
    this.#session = session;
    this.#runtime = runtime;
    this.#carried = new Map(Object.entries(carried));
    this.#onClose = onClose;
  }

  async run(
    feeds: Readonly<Record<string, HostTensor>>,
    { carry = false }: RunOptions = {},
  ): Promise<Record<string, HostTensor>> {
    const session = this.#session;
    if (session === null) throw new Error("Cannot run the graph: its session is closed; expected an open one");
    const inputs = this.#tensors(session.inputNames, feeds);
    const { inTurn, watch = (run) => run } = this.#runtime;
    return await inTurn(async () => {
      const outputs = await watch(session.run(inputs));
      this.#letGo();
      const stay = (name: string): boolean => carry && this.#carried.has(name);
      for (const [output, input] of this.#carried) if (carry) this.#held.set(input, outputs[output]);
      const names = session.outputNames.filter((name) => !stay(name));
      return Object.fromEntries(
        await watch(Promise.all(names.map(async (name) => [name, await collect(name, outputs[name])] as const))),
      );
    });
  }

  async close(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    this.#session = null;
    this.#onClose(this);
    await this.#runtime.inTurn(() => {
      this.#letGo();
      return session.release();
    });
  }

  #letGo(): void {
    for (const tensor of this.#held.values()) tensor.dispose();
    this.#held.clear();
  }

  #tensors(names: readonly string[], feeds: Readonly<Record<string, HostTensor>>): Record<string, Tensor> {
    const inputs: Record<string, Tensor> = {};
    for (const name of new Set([...names, ...Object.keys(feeds)])) {
      const held = this.#held.get(name);
      if (held !== undefined && feeds[name] === undefined) {
        inputs[name] = held;
        continue;
      }
      if (!names.includes(name) || feeds[name] === undefined) {
        const found = feeds[name] === undefined ? `no feed "${name}"` : `unknown feed "${name}"`;
        throw new Error(`Cannot run the graph: ${found}; expected ${names.join(", ")}`);
      }
      inputs[name] = tensor(this.#runtime.api, name, feeds[name]);
    }
    return inputs;
  }
}

function tensor(api: OrtApi, name: string, { data, shape }: HostTensor): Tensor {
  const size = shape.reduce((product, size) => product * size, 1);
  if (data.length !== size) {
    throw new Error(
      `Cannot run the graph: "${name}" holds ${data.length} values; expected ${size} for shape [${shape.join(", ")}]`,
    );
  }
  return new api.Tensor(data instanceof Float32Array ? "float32" : "int64", data, shape);
}

async function collect(name: string, output: Tensor): Promise<HostTensor> {
  const { dims } = output;
  // Frees the device's copy, where it has one.
  const data = await output.getData(true) as TypedTensor<"float32" | "int64">["data"];
  if (!(data instanceof Float32Array || data instanceof BigInt64Array)) {
    throw new Error(`Cannot read output "${name}": found ${output.type}; expected float32 or int64`);
  }
  return { data, shape: [...dims] };
}
