import type { HostTensor } from "./device.ts";

/** A tensor between threads. Its bytes stand alone: Deno visits every element of a typed array that it receives. */
export interface SentTensor {
  readonly bytes: ArrayBuffer;
  readonly type: "float32" | "int64";
  readonly shape: readonly number[];
}

/** Tensors between threads, by name. */
export type SentTensors = Readonly<Record<string, SentTensor>>;

/** The memory of an array, where it is all the array's own; else a copy. */
export function ownBytes(data: HostTensor["data"] | Uint8Array): ArrayBuffer {
  const own = data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength;
  return (own ? data : data.slice()).buffer as ArrayBuffer;
}

/** Tensors as they are sent. */
export function sendTensors(
  tensors: Readonly<Record<string, HostTensor>>,
  bytesOf: (data: HostTensor["data"], name: string) => ArrayBuffer = ownBytes,
): SentTensors {
  const sent = Object.entries(tensors).map(([name, { data, shape }]): [string, SentTensor] => {
    const type = data instanceof Float32Array ? "float32" : "int64";
    return [name, { bytes: bytesOf(data, name), type, shape }];
  });
  return Object.fromEntries(sent);
}

/** Tensors as they were sent; their memory is not copied. */
export function receiveTensors(sent: SentTensors): Record<string, HostTensor> {
  const tensors = Object.entries(sent).map(([name, { bytes, type, shape }]): [string, HostTensor] => {
    return [name, { data: type === "float32" ? new Float32Array(bytes) : new BigInt64Array(bytes), shape }];
  });
  return Object.fromEntries(tensors);
}

/** The memory of tensors, which changes hands. */
export function bytesOf(...sent: readonly SentTensors[]): ArrayBuffer[] {
  return sent.flatMap((tensors) => Object.values(tensors).map(({ bytes }) => bytes));
}
