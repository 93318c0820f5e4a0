// Values as protocol 0 writes them, in words.

import type { PickleValue } from "./_pickle_values.ts";

/** As a number, where it holds the integer exactly. */
export function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** An integer or truth value in protocol 0. */
export function decimal(text: string): PickleValue {
  if (text === "00" || text === "01") return text === "01";
  if (!/^[+-]?\d{1,400}L?$/.test(text)) throw new Error(`${JSON.stringify(text.slice(0, 20))} is not an integer`);
  return narrow(BigInt(text.replace("L", "")));
}

/** A real number in protocol 0. */
export function real(text: string): number {
  if (text === "nan") return NaN;
  const value = Number(text.replace(/^([+-]?)inf$/, "$1Infinity"));
  if (text === "" || Number.isNaN(value)) throw new Error(`${JSON.stringify(text.slice(0, 20))} is not a number`);
  return value;
}

/** A string in protocol 0, without its quotes. */
export function quoted(text: string): string {
  if (!/^(['"]).*\1$/.test(text)) throw new Error("a string has no quotes");
  return text.slice(1, -1);
}

/** Text in protocol 0: Latin-1 with everything else as escapes. */
export function unescape(line: string): string {
  return line.replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/g, (_, short, long) => {
    const code = parseInt(short ?? long, 16);
    if (code > 0x10ffff) throw new Error(`character ${code} does not exist`);
    return String.fromCodePoint(code);
  });
}
