import { RequestError } from "../../errors.ts";

/** How much of a long expression is shown on either side of the place. */
const AROUND = 50;

/** A complaint about an expression that shows the place with a caret below it. */
export function expressionError(source: string, at: number, problem: string): RequestError {
  const place = Math.max(0, Math.min(at, source.length));
  const from = Math.max(0, place - AROUND);
  const to = Math.min(source.length, place + AROUND);
  const before = from > 0 ? "…" : "";
  const line = before + source.slice(from, to).replace(/\s/g, " ") + (to < source.length ? "…" : "");
  const caret = " ".repeat(before.length + place - from) + "^";
  return new RequestError(`Cannot read the criterion at character ${place + 1}: ${problem}\n  ${line}\n  ${caret}`);
}
