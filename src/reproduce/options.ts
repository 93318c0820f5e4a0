import type { Criterion } from "../criteria/mod.ts";
import type { DeviceName } from "../devices/mod.ts";
import type { AnalysisSettings } from "../inference/mod.ts";
import type { Measure } from "../measures/mod.ts";
import type { Results } from "../results/mod.ts";
import type { Study, StudyNetwork } from "../study/mod.ts";
import type { OnProgress } from "./progress.ts";

/** What {@linkcode reproduce} is asked to do: a study, what to change of it, and how to run it. */
export interface ReproduceOptions extends Omit<Partial<Study>, "name" | "title" | "networks"> {
  /** A study, or the name of one that comes with the project. @default "mini" */
  readonly study?: string | Study;
  /** Networks in place of the study's; a text is an id or family of the lock. */
  readonly networks?: readonly (string | StudyNetwork)[];
  /** Where networks run. @default "auto" */
  readonly device?: DeviceName | "auto";
  /** The directory under which `<study>/<id>/` is written. @default "reports" */
  readonly out?: string;
  /** Use only what is already in the store. @default false */
  readonly offline?: boolean;
  /** Local files to use in place of downloads, by id. */
  readonly weights?: ReadonlyMap<string, string>;
  /** Accept files that no hash pins, and record theirs. @default false */
  readonly allowUnpinned?: boolean;
  /** A mirror that stands in for every host: `<mirror>/<host>/<path>`. */
  readonly mirror?: string;
  /** Where downloads are kept. @default the platform's cache directory */
  readonly cache?: string;
  /** The directory that holds the two lock files and what they name by path. @default the project's */
  readonly root?: string;
  /** Settings of the analysis that are not the defaults. */
  readonly analysis?: Partial<AnalysisSettings>;
  /** Criteria beside the presets; the analysis then runs in this thread. */
  readonly criteria?: readonly Criterion[];
  /** Measures beside those of the registry; the analysis then runs in this thread. */
  readonly measures?: readonly Measure[];
  /** Whether recordings and prepared images are kept in the store, where other runs find them. @default true */
  readonly keep?: boolean;
  /** Most bytes of recordings to keep. @default 10 GiB */
  readonly storeLimitBytes?: number;
  /** Threads that decode images, that record, and that analyse. @default the processors there are; four at most analyse */
  readonly threads?: number;
  /** Which units the per-unit tables list. @default "none" */
  readonly units?: "none" | "selected" | "all";
  /** Units per layer whose responses are kept per image. @default 4096 */
  readonly sampledUnits?: number;
  /** The command to record in the provenance. */
  readonly command?: string;
  /**
   * Told in a sentence what a user has to know: which conditions of a folder are targets and controls, which of its files are not
   * used, that a recording is not used, or that an unfinished one is continued.
   */
  readonly onNotice?: (sentence: string) => void;
  /** Told what the run is doing, as it goes. */
  readonly onProgress?: OnProgress;
  /** Ends the run without a report; what was recorded by then is kept, unless `keep` is false. */
  readonly signal?: AbortSignal;
}

/** What a run left. */
export interface Reproduction {
  /** The directory that holds `results.json` and, where any network ran, `index.html`. */
  readonly directory: string;
  /** What stands in `results.json`. */
  readonly results: Results;
}
