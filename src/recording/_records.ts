import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { free } from "../kernels/mod.ts";
import type { Prologue } from "./_prologue.ts";
import { readFully } from "./_read_fully.ts";
import { readSeal, type Seal } from "./_seal.ts";

/** The records of a file from its first on, up to one that is damaged or cut short. */
export interface FoundRecords {
  /** The seals of those that are intact. */
  readonly seals: readonly Seal[];
  /** Why there are no more: none is left, the file ends, or a record is not what was written. */
  readonly end: "whole" | "short" | "damaged";
}

/** Reads all records through and compares them with their checksums. */
export async function verifyRecords(handle: FileHandle, prologue: Prologue): Promise<FoundRecords> {
  const { layout, start } = prologue;
  const { size } = await handle.stat();
  const buffer = new Uint8Array(Math.min(layout.largestRecord, size));
  const found = await readRecords(prologue, async (group) => {
    if (layout.recordBytes(group) > size) return "short";
    const record = buffer.subarray(0, layout.recordBytes(group));
    if (!await readFully(handle, record, start + layout.recordStart(group))) return "short";
    const seal = readSeal(record.subarray(layout.payloadBytes(group)), layout.layers.length);
    if (seal === null) return "damaged";
    const intact = seal.checksums.every((checksum, index) => {
      const from = layout.sliceStart(group, index);
      return crc32(record.subarray(from, from + layout.sliceBytes(group, index))) === checksum;
    });
    return intact ? seal : "damaged";
  });
  free(buffer);
  return found;
}

/** Reads the records' seals alone. */
export async function readSeals(handle: FileHandle, prologue: Prologue): Promise<FoundRecords> {
  const { layout, start } = prologue;
  return await readRecords(prologue, async (group) => {
    const bytes = new Uint8Array(layout.sealBytes);
    const at = start + layout.recordStart(group) + layout.payloadBytes(group);
    if (!await readFully(handle, bytes, at)) return "short";
    return readSeal(bytes, layout.layers.length) ?? "damaged";
  });
}

async function readRecords(
  { layout }: Prologue,
  read: (group: number) => Promise<Seal | "short" | "damaged">,
): Promise<FoundRecords> {
  const seals: Seal[] = [];
  for (const group of layout.groups.keys()) {
    const found = await read(group);
    if (typeof found === "string") return { seals, end: found };
    seals.push(found);
  }
  return { seals, end: "whole" };
}
