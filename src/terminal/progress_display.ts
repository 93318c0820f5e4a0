import process from "node:process";
import cliProgress from "cli-progress";
import type { Progress } from "../reproduce/mod.ts";

/** A run's progress, or that of embedding captions. */
export interface ShownProgress extends Omit<Progress, "phase"> {
  readonly phase: Progress["phase"] | "embed";
}

const PHASES: Readonly<Record<ShownProgress["phase"], string>> = {
  fetch: "fetching",
  stimuli: "preparing images",
  record: "recording",
  analyse: "analysing",
  compare: "comparing",
  report: "writing the report",
  embed: "embedding the captions of",
};

/** Shows a run's progress until it is closed. */
export interface ProgressDisplay {
  readonly onProgress: (progress: ShownProgress) => void;
  close(): void;
}

/** Remembers when each step began: the steps of several networks take turns. */
class StepClock {
  readonly #started = new Map<string, number>();

  /** Seconds since a step was first seen; undefined where this is the first time. */
  seconds({ phase, label }: ShownProgress): number | undefined {
    const key = `${phase} ${label}`;
    const started = this.#started.get(key);
    if (started === undefined) this.#started.set(key, Date.now());
    return started === undefined ? undefined : (Date.now() - started) / 1000;
  }

  /** Forgets a step that is done. */
  end({ phase, label }: ShownProgress): void {
    this.#started.delete(`${phase} ${label}`);
  }
}

/** Things whose number a second is worth knowing. */
const TIMED = ["images", "captions"];

function rate({ done, unit }: ShownProgress, seconds: number): string {
  return seconds > 0 && TIMED.includes(unit) ? `${(done / seconds).toFixed(0)} ${unit}/s` : "";
}

function barDisplay(): ProgressDisplay {
  const bar = new cliProgress.SingleBar({
    format: "{phase} {label} {bar} {percentage}% {rate} {left}",
    barsize: 28,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  }, cliProgress.Presets.shades_classic);
  const clock = new StepClock();
  let current = "";
  return {
    onProgress(progress) {
      const key = `${progress.phase} ${progress.label}`;
      const seconds = clock.seconds(progress) ?? 0;
      const remaining = progress.done > 0 ? seconds * (progress.total - progress.done) / progress.done : NaN;
      const payload = {
        phase: PHASES[progress.phase],
        label: progress.label,
        rate: rate(progress, seconds),
        left: Number.isFinite(remaining) && remaining >= 1 ? `${Math.ceil(remaining)} s left` : "",
      };
      if (key !== current) {
        if (current !== "") bar.stop();
        current = key;
        bar.start(progress.total, progress.done, payload);
      } else {
        bar.update(progress.done, payload);
      }
    },
    close() {
      if (current !== "") bar.stop();
    },
  };
}

function lineDisplay(write: (line: string) => void): ProgressDisplay {
  const clock = new StepClock();
  return {
    onProgress(progress) {
      const step = `${PHASES[progress.phase]} ${progress.label}`;
      const seconds = clock.seconds(progress);
      if (seconds === undefined) write(step);
      if (progress.done < progress.total || progress.total === 0) return;
      clock.end(progress);
      if (seconds === undefined || seconds < 1) return;
      const speed = rate(progress, seconds);
      write(`${step}: done in ${seconds.toFixed(1)} s${speed === "" ? "" : `, ${speed}`}`);
    },
    close() {},
  };
}

/**
 * A bar with speed and time left on a terminal, a plain line a step elsewhere, nothing where `quiet`. All of it goes to
 * standard error, so that standard output holds results alone.
 */
export function progressDisplay(options: { quiet: boolean; terminal: boolean }): ProgressDisplay {
  if (options.quiet) return { onProgress() {}, close() {} };
  return options.terminal ? barDisplay() : lineDisplay((line) => console.error(line));
}
