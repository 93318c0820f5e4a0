import process from "node:process";
import cliProgress from "cli-progress";
import type { Progress } from "../reproduce/mod.ts";

/** A run's progress, or that of training the mini networks or of simulations. */
export interface ShownProgress extends Omit<Progress, "phase"> {
  readonly phase: Progress["phase"] | "draw" | "embed" | "simulate" | "train";
}

const PHASES: Readonly<Record<ShownProgress["phase"], string>> = {
  open: "opening",
  merge: "verifying",
  fetch: "fetching",
  stimuli: "preparing images",
  record: "recording",
  lesion: "lesioning",
  analyse: "analysing",
  compare: "comparing",
  report: "writing the report",
  draw: "drawing the images of",
  embed: "embedding the captions of",
  train: "training",
  simulate: "simulating",
};

/** Shows a run's progress until it is closed. */
export interface ProgressDisplay {
  readonly onProgress: (progress: ShownProgress) => void;
  close(): void;
}

/** A step's time, and how much was done in it: a step that was interrupted does not begin at 0. */
interface StepTime {
  readonly seconds: number;
  readonly done: number;
}

/** Remembers when each step began, and where: the steps of several networks take turns. */
class StepClock {
  readonly #started = new Map<string, { time: number; done: number }>();

  /** How long a step has run and what it did; undefined where it is seen for the first time. */
  read({ phase, label, done }: ShownProgress): StepTime | undefined {
    const key = `${phase} ${label}`;
    const started = this.#started.get(key);
    if (started === undefined) this.#started.set(key, { time: Date.now(), done });
    return started && { seconds: (Date.now() - started.time) / 1000, done: done - started.done };
  }

  /** Forgets a step that is done. */
  end({ phase, label }: ShownProgress): void {
    this.#started.delete(`${phase} ${label}`);
  }
}

/** Things whose number a second is worth knowing. */
const TIMED = ["images", "captions"];

/** Seconds between two lines of a long step, where progress is written as lines. */
const LINE_EVERY = 60;

function rate({ unit }: ShownProgress, { seconds, done }: StepTime): string {
  const speed = done / seconds;
  return seconds > 0 && done > 0 && TIMED.includes(unit) ? `${speed.toFixed(speed < 10 ? 1 : 0)} ${unit}/s` : "";
}

function timeLeft({ done, total }: ShownProgress, time: StepTime): string {
  const seconds = time.done > 0 ? Math.ceil(time.seconds * (total - done) / time.done) : 0;
  return seconds >= 1 ? `${seconds} s left` : "";
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
      const time = clock.read(progress) ?? { seconds: 0, done: 0 };
      const payload = {
        phase: PHASES[progress.phase],
        label: progress.label,
        rate: rate(progress, time),
        left: timeLeft(progress, time),
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
  const lines = new Map<string, number>();
  return {
    onProgress(progress) {
      const step = `${PHASES[progress.phase]} ${progress.label}`, { done, total } = progress;
      const time = clock.read(progress);
      const say = (...parts: string[]): void => write(`${step}: ${parts.filter((part) => part !== "").join(", ")}`);
      if (time === undefined) {
        write(step);
        lines.set(step, 0);
      }
      if (done < total || total === 0) {
        const line = Math.floor((time?.seconds ?? 0) / LINE_EVERY);
        if (line <= lines.get(step)!) return;
        lines.set(step, line);
        say(`${Math.floor(100 * done / total)} %`, rate(progress, time!), timeLeft(progress, time!));
        return;
      }
      clock.end(progress);
      if (time === undefined || time.seconds < 1) return;
      say(`done in ${time.seconds.toFixed(1)} s`, rate(progress, time));
    },
    close() {},
  };
}

/**
 * A bar with speed and time left on a terminal, a plain line a step and a minute elsewhere, nothing where `quiet`. All of it goes to
 * standard error, so that standard output holds results alone.
 */
export function progressDisplay(options: { quiet: boolean; terminal: boolean }): ProgressDisplay {
  if (options.quiet) return { onProgress() {}, close() {} };
  return options.terminal ? barDisplay() : lineDisplay((line) => console.error(line));
}
