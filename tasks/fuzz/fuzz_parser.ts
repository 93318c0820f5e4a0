import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  /** Told after every input how many are done. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Seconds of the processor that reading one input may take. */
const LONGEST_SECONDS = 2;

const MOST_FINDINGS = 20;

/** What the language says by itself, where nobody thought of the case. */
const RAW =
  /Cannot (read|set|convert|destructure|access) (properties|property|undefined|null|object|a BigInt|a Symbol|')|is not (a function|iterable|a constructor|defined|an object)|call stack|Invalid (array|string|typed array) length|outside the bounds|Array buffer allocation|out of memory/;

/** The number of an input as bytes. */
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
  const { count, seed, from = 0, onProgress, signal } = options;
  const seeds = await parser.seeds();
  const folder = await mkdtemp(join(tmpdir(), "fusiform-fuzz-"));
  const findings: Finding[] = [];
  let read = 0, refused = 0;
  try {
    for (let input = from; input < from + count && findings.length < MOST_FINDINGS; input++) {
      signal?.throwIfAborted();
      const bytes = fuzzInput(parser, seeds, { seed, input });
      const began = process.cpuUsage();
      let why: string | null = null;
      try {
        await parser.parse(bytes, folder);
        read++;
      } catch (error) {
        refused++;
        why = wrongRefusal(error, parser.severalLines === true);
      }
      const { user, system } = process.cpuUsage(began);
      const seconds = (user + system) / 1e6;
      if (why === null && seconds > LONGEST_SECONDS) why = `it took ${seconds.toFixed(1)} s`;
      if (why !== null) findings.push({ input, why });
      onProgress?.(input - from + 1);
    }
    return { read, refused, findings };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
