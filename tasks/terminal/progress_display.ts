import process from "node:process";
import cliProgress from "cli-progress";
import type { Progress } from "../../src/reproduce/mod.ts";

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
  let current = "";
  let started = 0;
  return {
    onProgress(progress) {
      const key = `${progress.phase} ${progress.label}`;
      const seconds = (Date.now() - started) / 1000;
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
        started = Date.now();
        bar.start(progress.total, progress.done, { ...payload, rate: "", left: "" });
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
  let current = "";
  let started = 0;
  return {
    onProgress(progress) {
      const key = `${progress.phase} ${progress.label}`;
      if (key !== current) {
        current = key;
        started = Date.now();
        write(`${PHASES[progress.phase]} ${progress.label}`);
      }
      if (progress.done < progress.total || progress.total === 0) return;
      const seconds = (Date.now() - started) / 1000;
      const speed = rate(progress, seconds);
      if (seconds >= 1) write(`  done in ${seconds.toFixed(1)} s${speed === "" ? "" : `, ${speed}`}`);
      current = "";
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
