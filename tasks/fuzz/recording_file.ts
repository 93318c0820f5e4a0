import { crc32 } from "node:zlib";
import { type RecordingHeader, recordingKey } from "../../src/recording/mod.ts";

const HEADER: RecordingHeader = {
  conditions: ["faces", "places"],
  blocks: 1,
  images: [0, 0, 1, 1].map((condition, i) => ({ id: `${i}.png`, condition, category: "all", block: 0 })),
  layers: [{ name: "one", value: "one", shape: [3], depth: 0, units: 3 }],
  source: null,
};

/** Bytes before the JSON: magic, version, its length, CRC-32 of what follows up to the first group. */
const FIXED = 20;

/** A recording of one layer of three units, two groups of two images each, all zero. */
export function recordingFile(): Uint8Array<ArrayBuffer> {
  const stated = {
    key: recordingKey(HEADER),
    label: "fuzz",
    header: HEADER,
    sampledUnits: [3],
    groups: [0, 1].map((condition) => ({ condition, block: 0, images: 2, offset: 64 * condition, bytes: 64 })),
  };
  const text = new TextEncoder().encode(JSON.stringify(stated)), json = 4 * Math.ceil(text.length / 4);
  // Mean and squared deviations of three units, their responses to two images; a self-check and two checksums.
  const slice = 4 * (2 * 3 + 2 * 3), record = slice + 8 + 4 + 4;
  const bytes = new Uint8Array(FIXED + json + 12 + 2 * record).fill(32, FIXED, FIXED + json);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("FUSIFORM"));
  view.setUint32(8, 1, true);
  view.setUint32(12, json, true);
  bytes.set(text, FIXED);
  [0, 1, 2].forEach((unit) => view.setUint32(FIXED + json + 4 * unit, unit, true));
  for (const start of [0, 1].map((group) => FIXED + json + 12 + record * group)) {
    view.setUint32(start + slice + 8, crc32(bytes.subarray(start, start + slice)), true);
    view.setUint32(start + slice + 12, crc32(bytes.subarray(start + slice, start + slice + 12)), true);
  }
  return sealPrologue(bytes);
}

/** The same file with the checksum of its beginning made to fit, so that what it says is read. */
export function sealPrologue(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length < FIXED) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset), json = view.getUint32(12, true);
  let units = 0;
  try {
    const { sampledUnits } = JSON.parse(new TextDecoder().decode(bytes.subarray(FIXED, FIXED + json)));
    units = sampledUnits.reduce((sum: number, count: number) => sum + count, 0);
  } catch {
    // Damaged: then no checksum helps.
  }
  const end = FIXED + json + 4 * units;
  if (end <= bytes.length) view.setUint32(16, crc32(bytes.subarray(FIXED, end)), true);
  return bytes;
}

/** The same file with other text in place of its JSON, and the key and checksum of that. */
export function withJson(bytes: Uint8Array<ArrayBuffer>, change: (text: string) => string): Uint8Array<ArrayBuffer> {
  const json = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true);
  let changed = change(new TextDecoder().decode(bytes.subarray(FIXED, FIXED + json)).trim());
  try {
    const stated = JSON.parse(changed);
    changed = JSON.stringify({ ...stated, key: recordingKey(stated.header) });
  } catch {
    // No object with a header: it stays as it is.
  }
  const text = new TextEncoder().encode(changed), length = 4 * Math.ceil(text.length / 4);
  const out = new Uint8Array(bytes.length - json + length).fill(32, FIXED, FIXED + length);
  out.set(bytes.subarray(0, FIXED));
  out.set(text, FIXED);
  out.set(bytes.subarray(FIXED + json), FIXED + length);
  new DataView(out.buffer).setUint32(12, length, true);
  return sealPrologue(out);
}
