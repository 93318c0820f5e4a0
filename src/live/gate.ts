/** Work in one thread longer than this is interrupted, so that the thread hears messages, in milliseconds. */
const LONGEST = 60;

/** Lets work through, unless it is paused; on the way the thread hears its messages. */
export class Gate {
  #opened: Promise<void> | null = null;
  #open: () => void = () => {};
  #last = performance.now();

  /** Holds back whoever passes next. */
  pause(): void {
    this.#opened ??= new Promise((resolve) => void (this.#open = resolve));
  }

  /** Lets everybody through. */
  resume(): void {
    this.#open();
    this.#opened = null;
  }

  /** Waits for messages now and then, and as long as it is paused. */
  async pass(): Promise<void> {
    if (performance.now() - this.#last > LONGEST) {
      await new Promise((resolve) => setTimeout(resolve));
      this.#last = performance.now();
    }
    await this.#opened;
  }
}
