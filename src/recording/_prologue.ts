import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { UnusableRecordingError } from "../errors.ts";
import { readFully } from "./_read_fully.ts";
import { groupKey, groupsOf } from "./groups_of.ts";
import { FORMAT } from "./_format.ts";
import { Layout } from "./_layout.ts";
import type { Group, RecordingHeader } from "./recording.ts";
import { recordingKey } from "./recording_key.ts";
import { isStated } from "./_stated.ts";

const MAGIC = "FUSIFORM";
/** Magic, version, length of the JSON, CRC-32 of all that follows up to the first record. */
const FIXED_BYTES = 20;

/** What a file says before its records. */
export interface Prologue {
  readonly key: string;
  /** What to call the network in lists; no part of the key. */
  readonly label: string | null;
  readonly header: RecordingHeader;
  readonly layout: Layout;
  /** Where the first record begins. */
  readonly start: number;
}

interface Stated {
  readonly key: string;
  readonly label: string | null;
  readonly header: RecordingHeader;
  /** Sampled units of each layer; their indices follow the JSON as uint32. */
  readonly sampledUnits: readonly number[];
  /** The groups in the order of their records; offsets count from the first record. */
  readonly groups: readonly (Group & { readonly images: number; readonly offset: number; readonly bytes: number })[];
}

/** The bytes of a prologue, for a file that holds the groups of `layout`. */
export function encodePrologue(
  { header, label, layout }: Pick<Prologue, "header" | "label" | "layout">,
): Uint8Array<ArrayBuffer> {
  const stated: Stated = {
    key: recordingKey(header),
    label,
    header,
    sampledUnits: layout.layers.map(({ sampled }) => sampled.length),
    groups: layout.groups.map(({ condition, block, images }, group) => ({
      condition,
      block,
      images: images.length,
      offset: layout.recordStart(group),
      bytes: layout.recordBytes(group),
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(stated));
  const jsonBytes = Math.ceil(text.length / 4) * 4;
  const units = stated.sampledUnits.reduce((sum, count) => sum + count, 0);
  const bytes = new Uint8Array(FIXED_BYTES + jsonBytes + 4 * units).fill(32, 0, FIXED_BYTES + jsonBytes);
  bytes.set(new TextEncoder().encode(MAGIC));
  bytes.set(text, FIXED_BYTES);
  let at = FIXED_BYTES + jsonBytes;
  for (const { sampled } of layout.layers) {
    new Uint32Array(bytes.buffer, at, sampled.length).set(sampled);
    at += sampled.byteLength;
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(8, FORMAT, true);
  view.setUint32(12, jsonBytes, true);
  view.setUint32(16, crc32(bytes.subarray(FIXED_BYTES)), true);
  return bytes;
}

/** @throws {UnusableRecordingError} where the file does not begin as a recording of this version does. */
export async function readPrologue(handle: FileHandle, path: string): Promise<Prologue> {
  const fail = (reason: string): never => {
    throw new UnusableRecordingError(path, reason);
  };
  const fixed = new Uint8Array(FIXED_BYTES);
  const whole = await readFully(handle, fixed, 0);
  if (!whole || new TextDecoder().decode(fixed.subarray(0, 8)) !== MAGIC) fail("it is no recording");
  const view = new DataView(fixed.buffer);
  const version = view.getUint32(8, true);
  if (version !== FORMAT) fail(`its format is version ${version}; expected ${FORMAT}`);
  const jsonBytes = view.getUint32(12, true);
  const { size } = await handle.stat();
  const json = new Uint8Array(Math.min(jsonBytes, size));
  if (!await readFully(handle, json, FIXED_BYTES)) fail("it is cut short");
  // Parsed before the checksum can be taken: the JSON says how many units follow it.
  let stated: Stated;
  try {
    stated = JSON.parse(new TextDecoder().decode(json)) as Stated;
  } catch (error) {
    throw new UnusableRecordingError(path, "its beginning is damaged", { cause: error });
  }
  if (!isStated(stated)) fail("its beginning is not that of a recording");
  const count = stated.sampledUnits.reduce((sum, count) => sum + count, 0);
  if (!(Number.isSafeInteger(count) && count >= 0 && 4 * count <= size)) fail("its beginning is damaged");
  const units = new Uint32Array(count);
  const unitBytes = new Uint8Array(units.buffer);
  if (!await readFully(handle, unitBytes, FIXED_BYTES + jsonBytes)) fail("it is cut short");
  if (crc32(unitBytes, crc32(json)) !== view.getUint32(16, true)) fail("its beginning is damaged");
  const { key, label, header } = stated;
  if (recordingKey(header) !== key) fail("its key is not that of its header");
  return { key, label, header, layout: layoutOf(stated, units), start: FIXED_BYTES + jsonBytes + unitBytes.length };
}

function layoutOf({ header, sampledUnits, groups }: Stated, units: Uint32Array): Layout {
  const held = new Set(groups.map(groupKey));
  let at = 0;
  const layers = header.layers.map((layer, index) => ({
    layer,
    sampled: units.subarray(at, at += sampledUnits[index]),
  }));
  return new Layout(
    layers,
    groupsOf(header.images).filter((group) => held.has(groupKey(group))),
  );
}
