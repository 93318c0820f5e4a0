import { hashText } from "../lock/mod.ts";
import type { RecordingHeader } from "./recording.ts";

/**
 * The identity of a recording: SHA-256 over everything in its header, whatever the order of an object's fields.
 *
 * @returns 64 hexadecimal digits.
 */
export function recordingKey(header: RecordingHeader): string {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return hashText(JSON.stringify(header, sorted));
}
