import { ELEMENT_TYPES, sizeOf, widen } from "./_element_types.ts";
import { LARGEST_HEADER, LONGEST_NAME, MOST_AXES, MOST_TENSORS } from "./_limits.ts";
import type { ByteSource } from "./byte_source.ts";
import type { Checkpoint, TensorInfo } from "./checkpoint.ts";

const DTYPES: Readonly<Record<string, string>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U64: "uint64",
  U32: "uint32",
  U16: "uint16",
  U8: "uint8",
  BOOL: "bool",
};

interface Location extends TensorInfo {
  readonly offset: number;
  readonly length: number;
}

/**
 * Opens a safetensors file: only its header is read, tensors when asked for, by offset.
 *
 * @throws {Error} where the header is damaged or too large, tensors do not fill the file exactly, each its own part, or an
 *   element type is unknown.
 */
export async function openSafetensors(source: ByteSource): Promise<Checkpoint> {
  const fail = (found: string): Error =>
    new Error(`Cannot read "${source.name}": ${found}; expected a whole safetensors file`);
  if (source.size < 8) throw fail(`it has ${source.size} bytes`);
  const head = await source.read(0, 8);
  const length = Number(new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true));
  if (length > LARGEST_HEADER || length > source.size - 8) {
    throw fail(`its header would take ${length} of ${source.size} bytes, of at most ${LARGEST_HEADER}`);
  }
  const locations = new Map<string, Location>();
  const header = parseHeader(await source.read(8, length), fail);
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    if (locations.size === MOST_TENSORS) throw fail(`it has more than ${MOST_TENSORS} tensors`);
    if (name.length > LONGEST_NAME) throw fail(`a tensor's name in it has ${name.length} characters`);
    const location = locate(entry, 8 + length);
    if (location === undefined) throw fail(`its header says nothing sensible of tensor ${JSON.stringify(name)}`);
    locations.set(name, location);
  }
  let end = 8 + length;
  for (const [name, location] of [...locations].sort(([, a], [, b]) => a.offset - b.offset || a.length - b.length)) {
    if (location.offset !== end) {
      const wrong = location.offset < end ? "lies within another" : "lies after bytes of no tensor";
      throw fail(`tensor ${JSON.stringify(name)} ${wrong}`);
    }
    end += location.length;
  }
  if (end !== source.size) throw fail(`its tensors end at byte ${end} but the file at ${source.size}`);
  async function read(name: string): Promise<Float32Array> {
    const location = locations.get(name);
    if (location === undefined) {
      throw new Error(`Cannot read tensor "${name}": "${source.name}" has none of that name`);
    }
    return widen(await source.read(location.offset, location.length), location.dtype, location);
  }
  const tensors = new Map([...locations].map(([name, { dtype, shape }]) => [name, { dtype, shape }]));
  const metadata = new Map(
    Object.entries(header.__metadata__ ?? {}).map(([name, value]) => [name, String(value)]),
  );
  return { tensors, metadata, read, close: () => source.close() };
}

function parseHeader(bytes: Uint8Array, fail: (found: string) => Error): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw fail("its header is not JSON");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw fail("its header is not a JSON object");
  }
  return header as Record<string, unknown>;
}

/** Where a tensor lies in the file, or `undefined` where its entry contradicts itself. */
function locate(entry: unknown, start: number): Location | undefined {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const counts = (value: unknown): value is number[] =>
    Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
  if (
    typeof dtype !== "string" || !Object.hasOwn(DTYPES, dtype) || !counts(shape) || !counts(offsets) ||
    shape.length > MOST_AXES
  ) {
    return undefined;
  }
  const [begin, end] = offsets;
  const type = DTYPES[dtype];
  if (offsets.length !== 2 || end - begin !== sizeOf(shape) * ELEMENT_TYPES[type].bytes) return undefined;
  return { dtype: type, shape, offset: start + begin, length: end - begin };
}
