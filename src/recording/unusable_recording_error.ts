/** A file that is no recording, is cut short, does not hold what was written, or is of something else than expected. */
export class UnusableRecordingError extends Error {
  /** The file. */
  readonly path: string;
  /** What is wrong with it, as the end of a sentence. */
  readonly reason: string;

  /** Says what is wrong with a file; `reason` is what was found, such as `it is cut short`. */
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`Cannot use the recording "${path}": ${reason}`, options);
    this.name = "UnusableRecordingError";
    this.path = path;
    this.reason = reason;
  }
}
