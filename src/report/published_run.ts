import type { Results } from "../results/mod.ts";

/** A published run and where its page is, relative to the index. */
export interface PublishedRun {
  readonly results: Results;
  /** `mini/0.1.0-1a2b3c4d/`. */
  readonly path: string;
  /** Its picture, relative to the index; left out where it has none. */
  readonly hero?: string;
}
