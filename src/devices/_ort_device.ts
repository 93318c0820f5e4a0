import type { InferenceSession } from "onnxruntime-node";
import type { Device, DeviceName, OpenOptions, Session } from "./device.ts";
import { type OrtRuntime, OrtSession } from "./_ort_session.ts";

/** What makes one device of ONNX Runtime differ from another. */
export interface OrtDeviceOptions {
  readonly name: DeviceName;
  readonly adapter: string;
  readonly maxTensorBytes: number;
  /** @default false */
  readonly carries?: boolean;
  readonly runtime: OrtRuntime;
  readonly session: InferenceSession.SessionOptions;
  /** Compiles a graph for several runs at once; null where one session is as good. */
  readonly openThreaded?: (
    model: Uint8Array,
    options: { readonly runs: number; readonly onClose: (session: Session) => void },
  ) => Promise<Session> | null;
}

type Carried = NonNullable<OpenOptions["carried"]>;

/** Only errors: what the runtime otherwise says of a graph is about its own optimizations. */
const ERRORS_ONLY = 3;

/** A build of ONNX Runtime behind the device interface. */
export class OrtDevice implements Device {
  readonly name: DeviceName;
  readonly adapter: string;
  readonly runtime: string;
  readonly maxTensorBytes: number;
  readonly carries: boolean;
  readonly #runtime: OrtRuntime;
  readonly #options: InferenceSession.SessionOptions;
  readonly #openThreaded: NonNullable<OrtDeviceOptions["openThreaded"]>;
  readonly #open = new Set<Session>();
  #closed = false;

  constructor(options: OrtDeviceOptions) {
    this.name = options.name;
    this.adapter = options.adapter;
    this.runtime = options.runtime.name;
    this.maxTensorBytes = options.maxTensorBytes;
    this.carries = options.carries ?? false;
    this.#runtime = options.runtime;
    this.#options = { logSeverityLevel: ERRORS_ONLY, ...options.session };
    this.#openThreaded = options.openThreaded ?? ((): null => null);
  }

  async open(model: Uint8Array, { runs = 1, carried = {} }: OpenOptions = {}): Promise<Session> {
    if (this.#closed) throw new Error(`Cannot compile the graph: the ${this.name} device is closed`);
    if (!this.carries && Object.keys(carried).length > 0) {
      throw new Error(`Cannot compile the graph: ${this.name} carries no outputs; expected a device that does`);
    }
    const onClose = (session: Session): boolean => this.#open.delete(session);
    const session = await (this.#openThreaded(model, { runs, onClose }) ?? this.#openHere(model, { carried, onClose }));
    this.#open.add(session);
    return session;
  }

  async #openHere(
    model: Uint8Array,
    { carried, onClose }: { readonly carried: Carried; readonly onClose: (session: Session) => void },
  ): Promise<Session> {
    const { api, inTurn } = this.#runtime;
    const preferredOutputLocation = Object.fromEntries(
      Object.keys(carried).map((output) => [output, "gpu-buffer" as const]),
    );
    const options = this.carries ? { ...this.#options, preferredOutputLocation } : this.#options;
    const compiled = await inTurn(() => api.InferenceSession.create(model, options)).catch((error: Error) => {
      throw new Error(`Cannot compile the graph for ${this.name}: ${error.message}`, { cause: error });
    });
    return new OrtSession(compiled, this.#runtime, { carried, onClose });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const session of [...this.#open]) await session.close();
  }
}
