import { crc32 } from "node:zlib";
import { concat, join, latin1, little, repeat } from "./bytes.ts";

/** A file in a made archive. */
export interface Member {
  readonly name: string;
  readonly data: Uint8Array;
  /** Stated in place of the true one. */
  readonly crc?: number;
  /** Stated in place of where it lies. */
  readonly offset?: number;
}

/** A zip archive whose members are stored as they are, with a directory of 64 bits. */
export function zip(members: readonly Member[]): Uint8Array<ArrayBuffer> {
  const local: Uint8Array[] = [], central: Uint8Array[] = [];
  let at = 0;
  for (const { name, data, crc = crc32(data), offset = at } of members) {
    const about = join(little(crc, 4), little(data.length, 4), little(data.length, 4), little(name.length, 2));
    const head = join("PK\x03\x04", little(45, 2), repeat([0], 8), about, little(0, 2), name);
    local.push(head, data);
    central.push(
      join("PK\x01\x02", little(45, 2), little(45, 2), repeat([0], 8), about, repeat([0], 12), little(offset, 4), name),
    );
    at += head.length + data.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0), count = members.length;
  const end = join("PK\x06\x06", little(44, 8), little(45, 2), little(45, 2), repeat([0], 8), little(count, 8));
  return concat([
    ...local,
    ...central,
    ...[end, little(count, 8), little(size, 8), little(at, 8)],
    ...["PK\x06\x07", little(0, 4), little(at + size, 8), little(1, 4)],
    ...["PK\x05\x06", repeat([0], 4), repeat([255], 4), repeat([255], 8), little(0, 2)],
  ]);
}

/** An archive of so many empty files. */
export function emptyFiles(count: number): Uint8Array<ArrayBuffer> {
  const name = (index: number): string => `x/data/${String(index).padStart(6, "0")}`;
  const [one, none] = [zip([{ name: name(0), data: new Uint8Array() }]), zip([])];
  const head = 30 + 13, entry = 46 + 13, end = none.length;
  const bytes = concat([repeat(one.subarray(0, head), count), repeat(one.subarray(head, head + entry), count), none]);
  const view = new DataView(bytes.buffer), directory = count * head;
  for (let i = 0; i < count; i++) {
    const digits = latin1(name(i));
    bytes.set(digits, i * head + 30);
    bytes.set(digits, directory + i * entry + 46);
    view.setUint32(directory + i * entry + 42, i * head, true);
  }
  const at = bytes.length - end;
  [24, 32].forEach((field) => view.setUint32(at + field, count, true));
  view.setUint32(at + 40, count * entry, true);
  view.setUint32(at + 48, directory, true);
  view.setUint32(at + 56 + 8, at, true);
  return bytes;
}

/** A checkpoint of `torch.save` with this pickle and these storages. */
export function archive(
  pickle: Uint8Array,
  storages: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array<ArrayBuffer> {
  return zip([
    { name: "x/data.pkl", data: pickle },
    ...Object.entries(storages).map(([key, data]) => ({ name: `x/data/${key}`, data })),
  ]);
}

/** Text and a whole number as a pickle holds them. */
const text = (value: string): Uint8Array => join("X", little(value.length, 4), value);
const int = (value: number): Uint8Array => join("J", little(value, 4));

/** A view of float32 elements, as a pickle holds it. */
function tensor(key: string, held: number, shape: readonly number[], stride: readonly number[]): Uint8Array {
  const storage = join("(", text("storage"), "ctorch\nFloatStorage\n", text(key), text("cpu"), int(held), "tQ");
  const tuple = (values: readonly number[]): Uint8Array => join("(", ...values.map(int), "t");
  return join("ctorch._utils\n_rebuild_tensor_v2\n(", storage, int(0), tuple(shape), tuple(stride), "\x89}tR");
}

/** A state dict of so many views of one stored element, each of 2²⁴ elements. */
export function repeatedViews(count: number): Uint8Array<ArrayBuffer> {
  const views = Array.from({ length: count }, (_, i) => [text(`w${i}`), tensor("0", 1, [4096, 4096], [0, 0])]).flat();
  return archive(join("\x80\x02}(", ...views, "u."), { 0: new Uint8Array(4) });
}

/** A state dict of one tensor of four zeros, whole. */
export function plainCheckpoint(name = "w"): Member[] {
  return [
    { name: "x/data.pkl", data: join("\x80\x02}", text(name), tensor("0", 4, [4], [1]), "s.") },
    { name: "x/data/0", data: new Uint8Array(16) },
  ];
}

/** What `torch.save` wrote before version 1.6, up to the structure. */
export function legacyHead(): Uint8Array<ArrayBuffer> {
  const machine = join("\x80\x02}", text("little_endian"), "\x88s.");
  return join("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", "\x80\x02M\xe9\x03.", machine);
}

/** A safetensors file with this header and so many bytes of data. */
export function safetensors(header: string | Uint8Array, data = 0): Uint8Array<ArrayBuffer> {
  const bytes = join(header);
  return join(little(bytes.length, 8), bytes, new Uint8Array(data));
}

/** A field of a protobuf message that holds bytes. */
export function field(number: number, data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const bytes = join(data);
  const length: number[] = [];
  for (let rest = bytes.length; length.length === 0 || rest > 0; rest = Math.floor(rest / 128)) {
    length.push((rest % 128) | (rest >= 128 ? 128 : 0));
  }
  return join([number * 8 + 2], length, bytes);
}
