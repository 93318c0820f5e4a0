import process from "node:process";
import { Random } from "../../src/statistics/mod.ts";
import { mutateBytes } from "./mutate.ts";
import type { FuzzedParser } from "./parsers.ts";

/** An input that is neither read nor refused as it should be. */
export interface Finding {
  /** Its number, from 0: with the seed and the parser it says what it is. */
  readonly input: number;
  readonly why: string;
}

/** Inputs of one parser, and what came of them. */
export interface Fuzzed {
  readonly read: number;
  readonly refused: number;
  readonly findings: readonly Finding[];
}

/** How a parser is tried. */
export interface FuzzOptions {
  /** Inputs. */
  readonly count: number;
  readonly seed: number;
  /** The first input's number. @default 0 */
  readonly from?: number;
  /** Where the parser may put files. */
  readonly folder: string;
  /** Seconds of the processor that reading one input may take. @default 2 */
  readonly longestSeconds?: number;
  /** Told of every input before it is read, and how many of those before it were read and refused. */
  readonly onInput?: (input: number, before: { readonly read: number; readonly refused: number }) => void;
  /** Told of every finding as it is made. */
  readonly onFinding?: (finding: Finding) => void;
}

/** Findings after which a parser is tried no further. */
export const MOST_FINDINGS = 20;

/** What the language says by itself, where nobody thought of the case. */
const RAW =
  /Cannot (read|set|convert|destructure|access) (properties|property|undefined|null|object|a BigInt|a Symbol|')|is not (a function|iterable|a constructor|defined|an object)|call stack|Invalid (array|string|typed array) length|outside the bounds|Array buffer allocation|out of memory/;

/** The bytes of the input that has this number. */
export function fuzzInput(
  parser: FuzzedParser,
  seeds: readonly Uint8Array[],
  { seed, input }: { seed: number; input: number },
): Uint8Array {
  const random = new Random(seed, `${parser.name} ${input}`);
  return (parser.mutate ?? mutateBytes)(seeds, random);
}

/** Reads files of a kind that were changed at random: each has to be read, or refused in a sentence, in little time. */
export async function fuzzParser(parser: FuzzedParser, options: FuzzOptions): Promise<Fuzzed> {
  const { count, seed, from = 0, folder, longestSeconds = 2, onInput, onFinding } = options;
  const seeds = await parser.seeds();
  const findings: Finding[] = [];
  let read = 0, refused = 0;
  for (let input = from; input < from + count && findings.length < MOST_FINDINGS; input++) {
    onInput?.(input, { read, refused });
    const attempt = (): Promise<Attempt> => tried(parser, fuzzInput(parser, seeds, { seed, input }), folder);
    let { error, seconds } = await attempt();
    // The processor's time is that of the whole process; what is slow once may not be slow by itself.
    if (seconds > longestSeconds) seconds = Math.min(seconds, (await attempt()).seconds);
    error === null ? read++ : refused++;
    const slow = seconds > longestSeconds ? `it took ${seconds.toFixed(1)} s` : null;
    const why = (error === null ? null : wrongRefusal(error.thrown, parser.severalLines === true)) ?? slow;
    if (why === null) continue;
    findings.push({ input, why });
    onFinding?.({ input, why });
  }
  return { read, refused, findings };
}

/** What came of reading an input; `error` is null where it was read. */
interface Attempt {
  readonly error: { readonly thrown: unknown } | null;
  readonly seconds: number;
}

async function tried(parser: FuzzedParser, bytes: Uint8Array, folder: string): Promise<Attempt> {
  const began = process.cpuUsage();
  let error: Attempt["error"] = null;
  try {
    await parser.parse(bytes, folder);
  } catch (thrown) {
    error = { thrown };
  }
  const { user, system } = process.cpuUsage(began);
  return { error, seconds: (user + system) / 1e6 };
}

/** What is wrong with how an input was refused; null where it was told in a sentence. */
function wrongRefusal(error: unknown, severalLines: boolean): string | null {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const { message, name } = error;
  const told = message.slice(0, 200).replaceAll("\n", "\\n");
  if (!/^(Cannot|Unknown) /.test(message) || RAW.test(message)) return `${name}: ${told}`;
  if (!severalLines && message.includes("\n")) return `it takes several lines: ${told}`;
  return message.length > 4000 ? `its message has ${message.length} characters: ${told}` : null;
}
