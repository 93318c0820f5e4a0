/** The machine and the runtime, as the provenance states them. */
export interface MachineDescription {
  readonly deno: string;
  readonly runtime: string;
  readonly device: string;
  readonly adapter: string;
  readonly cpu: string;
  readonly os: string;
}

/** Where a run happened, and by which code. */
export interface RunPlace {
  readonly machine: MachineDescription;
  /** The commit of the code; null where nobody knows it. */
  readonly gitCommit: string | null;
  /** sha256 over the source that ran, in hexadecimal. */
  readonly source: string;
  /** Seconds from its beginning to its end. */
  readonly wallSeconds: number;
  /** The most memory that was held; 0 where it cannot be known. */
  readonly peakRssBytes: number;
}
