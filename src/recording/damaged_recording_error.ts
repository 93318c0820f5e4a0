/** A file that is no recording, is cut short or does not hold what was written. */
export class DamagedRecordingError extends Error {
  /** The file. */
  readonly path: string;
  /** What is wrong with it, as the end of a sentence. */
  readonly reason: string;

  /** @param reason What was found, such as `it is cut short`. */
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`Cannot use the recording "${path}": ${reason}; expected a whole file that fusiform wrote`, options);
    this.name = "DamagedRecordingError";
    this.path = path;
    this.reason = reason;
  }
}
