/** Where networks run. */
export type DeviceName = "webgpu" | "cpu" | "wasm";

/** What may be asked for; `auto` takes the first that this machine has. */
export const DEVICE_CHOICES = ["auto", "webgpu", "cpu", "wasm"] as const;

/** A tensor in host memory. */
export interface HostTensor {
  /** The values, row-major. */
  readonly data: Float32Array | BigInt64Array;
  /** The size of each axis. */
  readonly shape: readonly number[];
}

/** How a graph is run once. */
export interface RunOptions {
  /**
   * Whether the outputs that {@linkcode OpenOptions.carried} names stay where they are for the next run, instead of being read.
   *
   * @default false
   */
  readonly carry?: boolean;
}

/** A compiled graph. */
export interface Session {
  /**
   * How many runs to begin before the first has ended, so that the device is never idle; further ones wait for their turn.
   *
   * @default 1
   */
  readonly ahead?: number;
  /**
   * Runs the graph once.
   *
   * @param feeds One tensor per input of the graph; none is needed for one that the run before carried.
   * @returns Every output that is not carried, in memory of its own.
   * @throws {Error} where a feed is missing, unknown or misshapen, the session is closed or its device was lost.
   */
  run(feeds: Readonly<Record<string, HostTensor>>, options?: RunOptions): Promise<Record<string, HostTensor>>;
  /** Gives the session's memory back. Safe to call twice. */
  close(): Promise<void>;
}

/** How a graph is compiled. */
export interface OpenOptions {
  /**
   * How many runs may be asked for at once. With more than one, a device may compile the graph in that many threads, and
   * takes the model over: its array is empty afterwards.
   *
   * @default 1
   */
  readonly runs?: number;
  /**
   * Outputs that a run may keep on the device, each with the input that takes it in the next run: what is summed over runs is
   * then read once. Only for devices where reading costs, see {@linkcode Device.carries}; runs then follow one another.
   *
   * @default none
   */
  readonly carried?: Readonly<Record<string, string>>;
}

/** One of the places a graph can run, all alike behind this interface. */
export interface Device {
  /** Which device. */
  readonly name: DeviceName;
  /** What it runs on, in words: an adapter's name, or the processor's. */
  readonly adapter: string;
  /** The library that runs networks there, with its version. */
  readonly runtime: string;
  /** The largest tensor that fits one binding, in bytes; `Infinity` where there is no limit. */
  readonly maxTensorBytes: number;
  /** Whether outputs lie in memory of its own, from which they must be read, and can stay there from run to run. */
  readonly carries: boolean;
  /**
   * Compiles an ONNX model. The bytes are not needed afterwards.
   *
   * @throws {Error} where the model is broken or the device lacks an operator, or the device is closed.
   */
  open(model: Uint8Array, options?: OpenOptions): Promise<Session>;
  /** Closes every session that is still open. Safe to call twice. */
  close(): Promise<void>;
}
