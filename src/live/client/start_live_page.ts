import type { Report, Request } from "../messages.ts";
import { element, show } from "./element.ts";
import { LiveWorker } from "./live_worker.ts";
import { OwnForm } from "./own_form.ts";
import { runAsked } from "./run_asked.ts";
import { ProgressView } from "./show_progress.ts";
import { showResults } from "./show_results.ts";

/** Makes the page work. */
export function startLivePage(): void {
  const progress = new ProgressView();
  const own = new OwnForm(() => worker);
  const worker = new LiveWorker(listen);
  const pause = element<HTMLButtonElement>("pause");
  let paused = false;

  function setRunning(running: boolean): void {
    for (const button of document.querySelectorAll<HTMLButtonElement>(".go")) button.disabled = running;
    show("pause", running);
    show("stop", running);
    show("bar", running);
    setPaused(false);
    document.documentElement.dataset.running = String(running);
  }

  function setPaused(now: boolean): void {
    paused = now;
    pause.textContent = now ? "Resume" : "Pause";
  }

  function say(sentence: string, failed = false): void {
    const status = element("status");
    status.textContent = sentence;
    status.classList.toggle("failed", failed);
  }

  function start(request: Request): void {
    show("run", true);
    show("done", false);
    element("device-note").textContent = "";
    element("found").replaceChildren();
    progress.begin(request.ask === "reproduce" ? request.run.ids : []);
    say("Starting …");
    setRunning(true);
    element("run").scrollIntoView();
    worker.ask(request);
  }

  function end(sentence: string, failed = false): void {
    setRunning(false);
    progress.clear();
    say(sentence, failed);
  }

  function listen(report: Report): void {
    switch (report.tell) {
      case "device":
        element("device-note").textContent = report.sentence;
        break;
      case "progress":
        if (!paused) progress.show(report.progress);
        break;
      case "found":
        element("found").innerHTML = report.html;
        break;
      case "network":
        own.showNetwork(report.seen);
        break;
      case "pictures":
        own.showPictures(report.seen);
        break;
      case "done":
        end("Done.");
        showResults(report);
        break;
      case "failed":
        if (report.about === "run") {
          show("run", true);
          end(report.sentence, true);
        } else own.refuse(report.about, report.sentence);
    }
  }

  element("reproduce").addEventListener("submit", (event) => {
    event.preventDefault();
    const ids = [...document.querySelectorAll<HTMLInputElement>("input[name=network]:checked")].map(({ value }) =>
      value
    );
    if (ids.length > 0) return start({ ask: "reproduce", run: { ...runAsked("reproduce"), ids } });
    show("run", true);
    end("Choose at least one network.", true);
  });
  element("own").addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = own.read();
    if (typeof asked !== "string") return start({ ask: "own", run: asked });
    show("run", true);
    end(asked, true);
  });
  pause.addEventListener("click", () => {
    worker.ask({ ask: paused ? "resume" : "pause" });
    setPaused(!paused);
    if (paused) say("Paused.");
  });
  element("stop").addEventListener("click", () => {
    worker.stop();
    end("Stopped.");
  });
  setRunning(false);
}
