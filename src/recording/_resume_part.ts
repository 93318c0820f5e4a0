import { appendFile } from "node:fs/promises";
import { UnusableRecordingError } from "../errors.ts";
import type { PartFile } from "../store/mod.ts";
import { groupKey } from "./groups_of.ts";
import type { RecordPlan } from "./_plan.ts";
import { encodePrologue, type Prologue, readPrologue } from "./_prologue.ts";
import { verifyRecords } from "./_records.ts";
import type { RecordOptions } from "./record_options.ts";
import { recordingKey } from "./recording_key.ts";

/**
 * Leaves in an unfinished file its prologue and the groups that are intact, and cuts off what follows; a file of something else
 * is begun again.
 *
 * @returns How many groups it holds.
 */
export async function resumePart(
  part: PartFile,
  plan: RecordPlan,
  { label = null, onNotice }: Pick<RecordOptions, "label" | "onNotice">,
): Promise<number> {
  const { size } = await part.handle.stat();
  const prologue = size === 0 ? null : await readOwn(part, plan, onNotice);
  if (prologue === null) {
    await part.handle.truncate(0);
    await appendFile(part.path, encodePrologue({ ...plan, label }));
    return 0;
  }
  const { layout, start } = prologue;
  const { seals: { length: found }, end } = await verifyRecords(part.handle, prologue);
  const total = layout.groups.length;
  if (end === "damaged") onNotice?.(`group ${found + 1} of "${part.path}" is not what was written; recording it again`);
  await part.handle.truncate(start + layout.recordStart(found));
  if (found > 0) onNotice?.(`${found} of ${total} groups are recorded already; continuing`);
  return found;
}

/** The prologue, where the file is of the same groups of the same recording. */
async function readOwn(
  part: PartFile,
  { header, layout }: RecordPlan,
  onNotice: RecordOptions["onNotice"],
): Promise<Prologue | null> {
  try {
    const prologue = await readPrologue(part.handle, part.path);
    const same = prologue.key === recordingKey(header) && keysOf(prologue) === keysOf({ layout });
    if (!same) throw new UnusableRecordingError(part.path, "it is of something else");
    return prologue;
  } catch (error) {
    if (!(error instanceof UnusableRecordingError)) throw error;
    onNotice?.(`${error.message}; recording it from the beginning`);
    return null;
  }
}

function keysOf({ layout }: Pick<Prologue, "layout">): string {
  return layout.groups.map(groupKey).join();
}
