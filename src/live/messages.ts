import type { WebDeviceName } from "../devices/browser.ts";
import type { Progress } from "../reproduce/browser.ts";
import type { DroppedFile } from "../browser/mod.ts";

/** Which images a run shows. */
export type PicturesAsked =
  | { readonly drawn: true }
  | {
    readonly folder: string;
    readonly files: readonly DroppedFile[];
  };

/** What a run shows and asks, whatever its networks. */
export interface RunAsked {
  readonly device: WebDeviceName | "auto";
  /** Leaves intervals and chance levels out. */
  readonly fast: boolean;
  readonly limit?: number;
}

/** Networks of the mini study. */
export interface ReproduceAsked extends RunAsked {
  readonly ids: readonly string[];
}

/** A network of the visitor's own. */
export interface OwnAsked extends RunAsked {
  /** The network's file; for a graph, with those that hold its weights. */
  readonly files: readonly File[];
  /** Names of values of a graph, or of layers; none where the network says. */
  readonly layers?: readonly string[];
  readonly recipe: { readonly name: string; readonly side: number };
  readonly pictures: PicturesAsked;
  readonly targets?: readonly string[];
  readonly controls?: readonly string[];
}

/** What the page asks of the worker. */
export type Request =
  | { readonly ask: "reproduce"; readonly run: ReproduceAsked }
  | { readonly ask: "own"; readonly run: OwnAsked }
  | { readonly ask: "network"; readonly files: readonly File[] }
  | { readonly ask: "pictures"; readonly pictures: PicturesAsked }
  | { readonly ask: "pause" }
  | { readonly ask: "resume" };

/** What a file of a network holds, as far as its form needs it. */
export interface NetworkSeen {
  /** The name of its file. */
  readonly name: string;
  /** Values that can be layers, in order; those that are chosen unless the visitor says. */
  readonly layers: readonly { readonly name: string; readonly chosen: boolean }[];
  /** Pixels a side that it takes. */
  readonly side: number;
  /** The recipe that it usually takes; null where it is not known. */
  readonly recipe: string | null;
}

/** What a choice of pictures holds. */
export interface PicturesSeen {
  readonly conditions: readonly { readonly name: string; readonly role: "target" | "control" | "left out" }[];
  /** What the visitor has to know, a sentence each. */
  readonly notices: readonly string[];
}

/** What the worker tells the page. */
export type Report =
  | { readonly tell: "device"; readonly sentence: string }
  | { readonly tell: "progress"; readonly progress: Progress }
  | { readonly tell: "found"; readonly html: string }
  | { readonly tell: "network"; readonly seen: NetworkSeen }
  | { readonly tell: "pictures"; readonly seen: PicturesSeen }
  | {
    readonly tell: "done";
    readonly page: string;
    readonly results: string;
    readonly table: string;
    /** The text of selected.json. */
    readonly selected: string;
    /** What the downloads are called, without an ending. */
    readonly name: string;
    /** Null where nothing published can be compared. */
    readonly compared: string | null;
  }
  | { readonly tell: "failed"; readonly about: "run" | "network" | "pictures"; readonly sentence: string };
