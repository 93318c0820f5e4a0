import type { NetworkSeen, OwnAsked, PicturesAsked, PicturesSeen } from "../messages.ts";
import { RECIPE_NAMES } from "../../study/browser.ts";
import { chosenFolder, type DroppedFolder, droppedFolder } from "./dropped_files.ts";
import { element, show } from "./element.ts";
import type { LiveWorker } from "./live_worker.ts";
import { runAsked } from "./run_asked.ts";

const ROLES = ["target", "control", "left out"] as const;

/** The form by which visitors run networks of their own. */
export class OwnForm {
  readonly #worker: () => LiveWorker;
  #files: readonly File[] = [];
  #folder: DroppedFolder | null = null;

  constructor(worker: () => LiveWorker) {
    this.#worker = worker;
    const network = element<HTMLInputElement>("network-file");
    network.addEventListener("change", () => this.#take(network.files));
    takeDrops("drop-network", (data) => this.#take(data.files));
    const folder = element<HTMLInputElement>("folder");
    folder.addEventListener("change", () => this.#takeFolder(chosenFolder(folder.files)));
    takeDrops("drop-folder", async (data) => this.#takeFolder(await droppedFolder(data)));
    for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=pictures]")) {
      radio.addEventListener("change", () => this.#choosePictures());
    }
    element("recipe-name").replaceChildren(...RECIPE_NAMES.map((name) => new Option(name, name)));
  }

  /** What the form asks; a sentence where something is missing. */
  read(): OwnAsked | string {
    if (this.#files.length === 0) return "Choose a network first.";
    const pictures = this.#pictures();
    if (pictures === null) return "Choose a folder of pictures first.";
    const list = element<HTMLSelectElement>("layer-list");
    const layers = [...list.selectedOptions].map(({ value }) => value);
    if (list.options.length > 0 && layers.length === 0) return "Choose at least one layer.";
    const roles = [...document.querySelectorAll<HTMLSelectElement>("#conditions select")];
    const named = (role: string): string[] =>
      roles.filter(({ value }) => value === role).map(({ dataset }) => dataset.condition!);
    if (roles.length > 0 && named("target").length === 0) return "Choose at least one target.";
    return {
      ...runAsked("own"),
      files: this.#files,
      layers,
      recipe: {
        name: element<HTMLSelectElement>("recipe-name").value,
        side: element<HTMLInputElement>("recipe-side").valueAsNumber,
      },
      pictures,
      ...(roles.length > 0 ? { targets: named("target"), controls: named("control") } : {}),
    };
  }

  /** Shows what was found in the network's file. */
  showNetwork({ name, layers, side, recipe }: NetworkSeen): void {
    show("recipe", true);
    show("layers", true);
    element<HTMLInputElement>("recipe-side").value = String(side);
    if (recipe !== null) element<HTMLSelectElement>("recipe-name").value = recipe;
    const list = element<HTMLSelectElement>("layer-list");
    list.size = Math.max(2, Math.min(8, layers.length));
    list.replaceChildren(...layers.map(({ name, chosen }) => new Option(name, name, chosen, chosen)));
    this.#hint("drop-network", `${name}: ${layers.length} ${layers.length === 1 ? "layer" : "layers"} to choose from.`);
  }

  /** Shows which conditions there are, and what each is for. */
  showPictures({ conditions, notices }: PicturesSeen): void {
    const table = document.createElement("table");
    const body = table.createTBody();
    for (const { name, role } of conditions) {
      const row = body.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      const select = document.createElement("select");
      select.ariaLabel = `What ${name} is for`;
      select.dataset.condition = name;
      select.replaceChildren(...ROLES.map((each) => new Option(each, each, each === role, each === role)));
      row.append(head);
      row.insertCell().append(select);
    }
    const legend = document.createElement("legend");
    legend.textContent = "Targets and controls";
    const fieldset = document.createElement("fieldset");
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "Units are selected that prefer a target to all other targets and controls.";
    fieldset.append(legend, hint, table);
    element("conditions").replaceChildren(
      fieldset,
      ...notices.map((notice) =>
        Object.assign(document.createElement("p"), { className: "hint", textContent: notice })
      ),
    );
    show("conditions", true);
  }

  /** Says what is wrong with a file or a folder. */
  refuse(about: "network" | "pictures", sentence: string): void {
    if (about === "network") {
      this.#files = [];
      show("layers", false);
      show("recipe", false);
    } else {
      this.#folder = null;
      show("conditions", false);
    }
    this.#hint(about === "network" ? "drop-network" : "drop-folder", sentence, true);
  }

  #hint(place: string, text: string, failed = false): void {
    const hint = element(place).querySelector(".hint")!;
    hint.textContent = text;
    hint.classList.toggle("failed", failed);
  }

  #take(files: FileList | null): void {
    if (files === null || files.length === 0) return;
    this.#files = [...files];
    this.#hint("drop-network", `Reading ${this.#files.map(({ name }) => name).join(", ")} …`);
    this.#worker().ask({ ask: "network", files: this.#files });
    if (element("conditions").hidden) this.#look();
  }

  #takeFolder(folder: DroppedFolder | null): void {
    if (folder === null) {
      this.#hint("drop-folder", "This is not a folder; choose one that holds a folder for each condition.", true);
      return;
    }
    this.#folder = folder;
    this.#hint("drop-folder", `${folder.name}: ${folder.files.length} files.`);
    this.#look();
  }

  #choosePictures(): void {
    const own = this.#choice() === "folder";
    show("drop-folder", own);
    show("conditions", false);
    element("conditions").replaceChildren();
    if (!own || this.#folder !== null) this.#look();
  }

  #look(): void {
    const pictures = this.#pictures();
    if (pictures !== null) this.#worker().ask({ ask: "pictures", pictures });
  }

  #choice(): string {
    return document.querySelector<HTMLInputElement>("input[name=pictures]:checked")!.value;
  }

  #pictures(): PicturesAsked | null {
    if (this.#choice() === "drawn") return { drawn: true };
    return this.#folder && { folder: this.#folder.name, files: this.#folder.files };
  }
}

/** Lets something be dropped on an element. */
function takeDrops(id: string, take: (data: DataTransfer) => void): void {
  const place = element(id);
  const mark = (over: boolean): void => void place.classList.toggle("over", over);
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  place.addEventListener("dragleave", () => mark(false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (event.dataTransfer !== null) take(event.dataTransfer);
  });
}
