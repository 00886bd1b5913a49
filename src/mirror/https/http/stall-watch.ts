/** A transfer slower than this, over the whole window, counts as stalled. Bytes a second. */
const SLOWEST = 1024;
/** The window is looked at in as many steps. */
const STEPS = 4;

/**
 * Watches the throughput of one transfer over a sliding window, so that a server which drips a byte now and then is
 * noticed as well as one that falls silent. Time during which we ourselves hold the transfer back does not count.
 */
export class StallWatch {
  private readonly steps: number[] = [];
  private current = 0;
  private held = 0;
  private readonly timer: NodeJS.Timeout;

  /**
   * @param window seconds.
   * @param onStall called once, when less than `slowest` bytes a second came over the whole window.
   */
  constructor(window: number, onStall: () => void, slowest: number = SLOWEST) {
    this.timer = setInterval(
      () => {
        if (this.held > 0) {
          // Held back by us for part of this step: nothing can be said of the server.
          this.steps.length = 0;
          this.current = 0;
          return;
        }
        this.steps.push(this.current);
        this.current = 0;
        if (this.steps.length > STEPS) this.steps.shift();
        const sum = this.steps.reduce((total, bytes) => total + bytes, 0);
        if (this.steps.length === STEPS && sum < slowest * window) {
          this.stop();
          onStall();
        }
      },
      (window * 1000) / STEPS,
    );
  }

  add(bytes: number): void {
    this.current += bytes;
  }

  hold(): void {
    this.held += 1;
  }

  release(): void {
    this.held -= 1;
    this.steps.length = 0;
    this.current = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
