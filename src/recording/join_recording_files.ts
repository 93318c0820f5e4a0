import { type FileHandle, open } from "node:fs/promises";
import { UnusableRecordingError } from "../errors.ts";
import { groupKey, groupsOf } from "./groups_of.ts";
import { Layout } from "./_layout.ts";
import { encodePrologue, type Prologue, readPrologue } from "./_prologue.ts";
import { readFully } from "./_read_fully.ts";
import { readSeal } from "./_seal.ts";

/** Where a group of the whole lies. */
interface Place {
  readonly part: number;
  readonly group: number;
}

/**
 * Joins files that hold different groups of one recording into the file of the whole, whose bytes are those of an undisturbed
 * recording: threads read files, not what `mergeRecordings` joins in memory. Memory holds one group.
 *
 * @param paths The parts, in any order.
 * @param to The file to write; it must not exist.
 * @throws {RangeError} where they are not parts of one recording, a group is in two of them, or one is in none.
 * @throws {UnusableRecordingError} where one is damaged.
 */
export async function joinRecordingFiles(paths: readonly string[], to: string): Promise<void> {
  const handles: FileHandle[] = [];
  try {
    const parts: Prologue[] = [];
    for (const path of paths) {
      const handle = await open(path, "r");
      handles.push(handle);
      parts.push(await readPrologue(handle, path));
    }
    const places = placesOf(parts, paths);
    const { header, label, layout: { layers } } = parts[0];
    const layout = new Layout(layers, groupsOf(header.images));
    const whole = await open(to, "wx");
    try {
      await whole.appendFile(encodePrologue({ header, label, layout }));
      const record = new Uint8Array(layout.largestRecord);
      for (const group of layout.groups) {
        const { part, group: index } = places.get(groupKey(group))!;
        const bytes = record.subarray(0, parts[part].layout.recordBytes(index));
        const { layout: own, start } = parts[part];
        const there = await readFully(handles[part], bytes, start + own.recordStart(index)) &&
          readSeal(bytes.subarray(own.payloadBytes(index)), layers.length) !== null;
        if (!there) throw new UnusableRecordingError(paths[part], "it is cut short or not what was written");
        await whole.appendFile(bytes);
      }
      await whole.datasync();
    } finally {
      await whole.close();
    }
  } finally {
    for (const handle of handles) await handle.close();
  }
}

/** Where each group of the whole lies, by its key. */
function placesOf(parts: readonly Prologue[], paths: readonly string[]): Map<string, Place> {
  const fail = (problem: string): never => {
    throw new RangeError(`Cannot join recordings: ${problem}`);
  };
  if (parts.length === 0) fail("none given; expected one at least");
  const places = new Map<string, Place>();
  const [{ key, header }] = parts;
  const nameOf = ({ condition, block }: { condition: number; block: number }): string =>
    `${header.conditions[condition]}, block ${block}`;
  for (const [part, prologue] of parts.entries()) {
    if (prologue.key !== key) fail(`"${paths[part]}" is not of the same recording as "${paths[0]}"`);
    for (const [index, group] of prologue.layout.groups.entries()) {
      const known = places.get(groupKey(group));
      if (known !== undefined) fail(`${nameOf(group)} is in "${paths[known.part]}" and in "${paths[part]}"`);
      places.set(groupKey(group), { part, group: index });
    }
  }
  const missing = groupsOf(header.images).find((group) => !places.has(groupKey(group)));
  if (missing !== undefined) fail(`${nameOf(missing)} is in none of them`);
  return places;
}
