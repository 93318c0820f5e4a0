/**
 * The request was wrong: a file, flag or name that the user can mend. Command lines print its message, one sentence that says
 * what was found and what was expected, and leave with exit status 2.
 */
export class RequestError extends Error {
  /** `RequestError`. */
  override name = "RequestError";
}

/** A file that the user brings cannot be used for what is in it. Where it is one of several, the others still can. */
export class RefusedFileError extends RequestError {
  /** `RefusedFileError`. */
  override name = "RefusedFileError";
}

/** The store of recordings has no space for what a run has to keep; another limit, or not keeping it, mends that. */
export class StoreFullError extends RequestError {
  /** `StoreFullError`. */
  override name = "StoreFullError";
}

/** A file is not the one that is pinned. */
export class HashMismatchError extends Error {
  /** `HashMismatchError`. */
  override name = "HashMismatchError";
  /** Id of the lock's entry, or a path. */
  readonly id: string;
  /** What disagrees. */
  readonly property: "sha256" | "bytes";
  /** As pinned; a prefix where only that is. */
  readonly expected: string;
  /** As found. */
  readonly received: string;

  /** States what disagrees; long hashes are shortened in the message and whole in the fields. */
  constructor(
    id: string,
    { property, expected, received }: Pick<HashMismatchError, "property" | "expected" | "received">,
  ) {
    const what = property === "sha256"
      ? `expected sha256 ${shorten(expected)}, got ${shorten(received)}`
      : `expected ${expected} bytes, got ${received}`;
    super(`Cannot verify "${id}": ${what}`);
    this.id = id;
    this.property = property;
    this.expected = expected;
    this.received = received;
  }
}

/** A file that is no recording, is cut short, does not hold what was written, or is of something else than expected. */
export class UnusableRecordingError extends Error {
  /** `UnusableRecordingError`. */
  override name = "UnusableRecordingError";
  /** The file. */
  readonly path: string;

  /** Says what is wrong with a file; `reason` is what was found, such as `it is cut short`. */
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`Cannot use the recording "${path}": ${reason}`, options);
    this.path = path;
  }
}

/** Characters of what is wrong with a file; more would be the file itself. */
const LONGEST = 1000;

/** What was found in a file, as part of a sentence: on one line, and cut after 1,000 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function shorten(hash: string): string {
  return hash.length > 16 ? `${hash.slice(0, 16)}…` : hash;
}
