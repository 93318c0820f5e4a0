/** What a run is doing, told as it goes. */
export interface Progress {
  /** Which part of the run. */
  readonly phase: "open" | "merge" | "fetch" | "stimuli" | "record" | "lesion" | "analyse" | "compare" | "report";
  /** What is worked on: a network's id, a file, … */
  readonly label: string;
  /** Units of work finished within this phase and label. */
  readonly done: number;
  /** How much work there is in all. */
  readonly total: number;
  /** What is counted: `images`, `bytes`, `steps`, … */
  readonly unit: string;
}

/** Listens to a run. */
export type OnProgress = (progress: Progress) => void;

/** Seconds spent per phase, added up over a run. */
export class PhaseClock {
  readonly #now: () => number;
  readonly #seconds: Map<string, number> = new Map();

  /** @param now A monotonic clock in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Runs `work` and adds its time to `phase`. */
  async time<T>(phase: string, work: () => T | Promise<T>): Promise<T> {
    const started = this.#now();
    try {
      return await work();
    } finally {
      this.add(phase, (this.#now() - started) / 1000);
    }
  }

  /** Adds seconds that were measured elsewhere. */
  add(phase: string, seconds: number): void {
    this.#seconds.set(phase, this.seconds(phase) + seconds);
  }

  /** Seconds spent in `phase` so far. */
  seconds(phase: string): number {
    return this.#seconds.get(phase) ?? 0;
  }
}
