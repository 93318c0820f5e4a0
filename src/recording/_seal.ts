import { crc32 } from "node:zlib";
import type { Layout } from "./_layout.ts";

/** What stands behind a group's numbers. */
export interface Seal {
  /** Worst relative error of the group's moments against those of its sampled responses. */
  readonly selfCheck: number;
  /** CRC-32 of each layer's bytes. */
  readonly checksums: Uint32Array;
}

/** Writes a group's seal behind its numbers, in the bytes of its record. */
export function sealRecord(record: Uint8Array, layout: Layout, group: number, selfCheck: number): void {
  const start = layout.payloadBytes(group);
  const view = new DataView(record.buffer, record.byteOffset);
  view.setFloat64(start, selfCheck, true);
  let at = 0;
  layout.layers.forEach((_, index) => {
    const end = at + layout.sliceBytes(group, index);
    view.setUint32(start + 8 + 4 * index, crc32(record.subarray(at, end)), true);
    at = end;
  });
  const own = start + layout.sealBytes - 4;
  view.setUint32(own, crc32(record.subarray(start, own)), true);
}

/** Reads a seal; null where its bytes are not what was written. */
export function readSeal(bytes: Uint8Array, layers: number): Seal | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const own = 8 + 4 * layers;
  if (view.getUint32(own, true) !== crc32(bytes.subarray(0, own))) return null;
  return {
    selfCheck: view.getFloat64(0, true),
    checksums: Uint32Array.from({ length: layers }, (_, index) => view.getUint32(8 + 4 * index, true)),
  };
}
