import type { Progress } from "../../reproduce/browser.ts";
import { element } from "./element.ts";

const VERBS: Readonly<Record<Progress["phase"], string>> = {
  open: "Opening",
  merge: "Merging",
  fetch: "Opening",
  stimuli: "Preparing the picture set",
  record: "Showing pictures to",
  lesion: "Lesioning",
  analyse: "Analysing",
  compare: "Comparing the networks of",
  report: "Writing the report of",
};

/** Shows what a run is doing, how fast it goes and how long this part still takes. */
export class ProgressView {
  #part = "";
  #began = 0;
  #first = 0;
  #networks: readonly string[] = [];

  /** @param networks Ids of the networks that the run has, in order; none where it has one. */
  begin(networks: readonly string[]): void {
    this.#networks = networks;
    this.clear();
  }

  show({ phase, label, done, total, unit }: Progress): void {
    const now = performance.now(), part = `${phase} ${label}`;
    if (part !== this.#part) {
      this.#part = part;
      this.#began = now;
      this.#first = done;
    }
    const bar = element<HTMLProgressElement>("bar");
    bar.value = total > 0 ? done / total : 0;
    const place = this.#networks.length > 1 ? this.#networks.indexOf(label) : -1;
    const which = place < 0 ? "" : ` (network ${place + 1} of ${this.#networks.length})`;
    element("status").textContent = `${VERBS[phase]} ${label}${which}`;
    const seconds = (now - this.#began) / 1000, rate = (done - this.#first) / seconds;
    const counted = total > 1 ? `${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${unit}` : "";
    const pace = done > this.#first && seconds > 0.5 && done < total
      ? `${unit === "images" ? `, ${rate.toFixed(rate < 10 ? 1 : 0)} images/s` : ""}, ${
        left((total - done) / rate)
      } left`
      : "";
    element("pace").textContent = counted + pace;
  }

  /** Clears the bar and the pace. */
  clear(): void {
    this.#part = "";
    element<HTMLProgressElement>("bar").value = 0;
    element("pace").textContent = "";
  }
}

function left(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
}
