import { RetryableError } from "./_retry.ts";

/** How slow a connection may be. */
export interface SlowestConnection {
  /** Milliseconds without a byte after which it is given up. */
  readonly stallMs: number;
  /** Bytes a second, on average over `rateMs`, below which it is given up. */
  readonly leastRate: number;
  /** Milliseconds over which the rate is taken. */
  readonly rateMs: number;
}

/** Gives up a connection that has gone quiet, or brings so little that it would never end. */
export class StallWatch {
  /** Aborted when nothing has come for the time given, or too little, or when the caller's signal is. */
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #slowest: SlowestConnection;
  readonly #rate: ReturnType<typeof setInterval>;
  #timer: ReturnType<typeof setTimeout>;
  #received = 0;

  constructor(slowest: SlowestConnection, signal: AbortSignal | undefined) {
    this.#slowest = slowest;
    this.signal = signal === undefined ? this.#controller.signal : AbortSignal.any([signal, this.#controller.signal]);
    this.#timer = this.#start();
    this.#rate = setInterval(() => this.#checkRate(), slowest.rateMs);
  }

  /** Why it gave up, if it did. */
  get stalled(): RetryableError | undefined {
    return this.#controller.signal.reason;
  }

  /** So many bytes came. */
  beat(bytes: number): void {
    this.#received += bytes;
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#rate);
  }

  #start(): ReturnType<typeof setTimeout> {
    const { stallMs } = this.#slowest;
    return setTimeout(() => this.#giveUp(`no data came for ${stallMs / 1000} s`), stallMs);
  }

  #checkRate(): void {
    const { leastRate, rateMs } = this.#slowest;
    if (1000 * this.#received < leastRate * rateMs) {
      this.#giveUp(`only ${this.#received} bytes came in ${rateMs / 1000} s; expected at least ${leastRate} a second`);
    }
    this.#received = 0;
  }

  #giveUp(why: string): void {
    this.#controller.abort(new RetryableError(why));
  }
}
