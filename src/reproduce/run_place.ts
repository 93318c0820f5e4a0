/** The machine and the runtime, as the provenance states them. */
export interface MachineDescription {
  /** Version of Deno, or that there is none. */
  readonly deno: string;
  /** The library that runs networks, with its version. */
  readonly runtime: string;
  /** The kind of device. */
  readonly device: string;
  /** What it runs on, in words. */
  readonly adapter: string;
  /** The processor, in words. */
  readonly cpu: string;
  /** The system, in words. */
  readonly os: string;
}

/** Where a run happened, and by which code. */
export interface RunPlace {
  /** The machine and the runtime. */
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
