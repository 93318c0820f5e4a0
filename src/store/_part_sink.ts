import { createHash, type Hash } from "node:crypto";
import type { Digest, Pin } from "../lock/mod.ts";
import { readIntoHash } from "./hash_file.ts";
import type { PartFile, Validator } from "./part_file.ts";
import type { Sink } from "./_receive.ts";

interface PartSinkOptions {
  readonly id: string;
  /** Whether the whole file's hash is known, so that a part of another version would be noticed. */
  readonly pinned: boolean;
  readonly onProgress?: (progress: { id: string; receivedBytes: number; totalBytes: number | null }) => void;
}

/** Writes a partial file and hashes it at once. */
export class PartSink implements Sink {
  received = 0;
  validator: Validator | null = null;
  /** Whether the download began with bytes of an earlier one. */
  continued = false;
  #hash: Hash = createHash("sha256");
  #total: number | null = null;
  readonly #part: PartFile;
  readonly #options: PartSinkOptions;

  constructor(part: PartFile, options: PartSinkOptions) {
    this.#part = part;
    this.#options = options;
  }

  /** Begins with what an earlier download left. */
  async resume(): Promise<void> {
    this.validator = await this.#part.validator();
    const { bytes } = await readIntoHash(this.#part.path, this.#hash);
    this.received = bytes;
    this.continued = bytes > 0;
  }

  /** Before each request: nothing vouches for a part without a pin or a validator. */
  async prepare(): Promise<void> {
    if (this.received > 0 && !this.#options.pinned && this.validator === null) await this.restart();
  }

  async restart(): Promise<void> {
    await this.#part.handle.truncate(0);
    await this.#part.setValidator(null);
    this.validator = null;
    this.received = 0;
    this.#hash = createHash("sha256");
  }

  async begin({ validator, total }: { validator: Validator | null; total: number | null }): Promise<void> {
    this.#total = total;
    if (validator?.ifRange !== this.validator?.ifRange) await this.#part.setValidator(validator);
    this.validator = validator;
    this.#report();
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#part.lost) throw new Error("another process took the download over; run the command again");
    await this.#part.handle.write(chunk, 0, chunk.length, this.received);
    this.#hash.update(chunk);
    this.received += chunk.length;
    this.#report();
  }

  /** Whether what is on disk is already the whole pinned file. */
  matches({ sha256 }: Pin): boolean {
    return this.received > 0 && sha256 !== undefined && this.#hash.copy().digest("hex") === sha256;
  }

  /** Ends the hash. */
  digest(): Digest {
    return { bytes: this.received, sha256: this.#hash.digest("hex") };
  }

  #report(): void {
    const { id, onProgress } = this.#options;
    onProgress?.({ id, receivedBytes: this.received, totalBytes: this.#total });
  }
}
