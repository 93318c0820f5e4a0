import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "../../src/validation/mod.ts";

/** A line of the file. */
interface Line {
  readonly row: string;
  readonly index: number;
  readonly outcome: Outcome;
}

function parse(text: string): Line | null {
  try {
    const line = JSON.parse(text) as Line;
    return typeof line.row === "string" && Number.isInteger(line.index) ? line : null;
  } catch {
    // The line that was being written when the run was killed.
    return null;
  }
}

/** Simulations of one seed and one state of the code, in a file of JSON lines to which each is added as it ends. */
export class SavedSimulations {
  readonly #path: string;
  readonly #known: Map<string, Outcome> = new Map();

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * Opens the file of a seed and of the code that runs, or begins it.
   *
   * @param folder Where such files are kept.
   */
  static async open(folder: string, { seed, code }: { seed: number; code: string }): Promise<SavedSimulations> {
    await mkdir(folder, { recursive: true });
    const saved = new SavedSimulations(join(folder, `seed-${seed}-${code}.jsonl`));
    let text = "";
    try {
      text = await Deno.readTextFile(saved.#path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    for (const line of text.split("\n").flatMap((each) => parse(each) ?? [])) {
      saved.#known.set(`${line.row} ${line.index}`, line.outcome);
    }
    if (text !== "" && !text.endsWith("\n")) await Deno.writeTextFile(saved.#path, "\n", { append: true });
    return saved;
  }

  /** What a simulation gave; undefined where it has not been run. */
  get(row: string, index: number): Outcome | undefined {
    return this.#known.get(`${row} ${index}`);
  }

  /** Keeps what a simulation gave. */
  async add(row: string, index: number, outcome: Outcome): Promise<void> {
    this.#known.set(`${row} ${index}`, outcome);
    await Deno.writeTextFile(this.#path, `${JSON.stringify({ row, index, outcome })}\n`, { append: true });
  }
}
