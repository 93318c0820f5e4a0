/** A difference to be tested: `b − a`, families of networks. */
export interface SuitePair {
  /** The family compared with. */
  readonly a: string;
  /** The family compared. */
  readonly b: string;
  /** What the two differ in, for the report. */
  readonly contrast: string;
}

/** Which networks meet which images, and how they are compared. */
export interface Suite {
  /** What the command line calls it. */
  readonly name: string;
  /** What a report calls it. */
  readonly title: string;
  /** Ids in `models.lock.json`, in the order of the report. */
  readonly networks: readonly string[];
  /** The set of images: `procedural` or `floc`. */
  readonly stimuli: "procedural" | "floc";
  /** Which layers are recorded unless the user says otherwise. */
  readonly layers: "stages" | "blocks";
  /** The main criterion unless the user says otherwise. */
  readonly criterion: string;
  /** Comparisons of families; those whose networks were not run are reported as not tested. */
  readonly pairs: readonly SuitePair[];
}
