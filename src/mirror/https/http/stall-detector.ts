/** A transfer slower than this, over the whole window, counts as stalled. Bytes a second. */
const MIN_BYTES_PER_SECOND = 1024;
/** The window is looked at in as many steps. */
const STEP_COUNT = 4;

/**
 * Watches the throughput of one transfer over a sliding window, so that a server which drips a byte now and then is
 * noticed as well as one that falls silent. Time during which we ourselves hold the transfer back does not count.
 */
export class StallDetector {
  private readonly steps: number[] = [];
  private current = 0;
  private held = 0;
  private readonly timer: NodeJS.Timeout;

  /**
   * @param window seconds.
   * @param onStall called once, when less than `slowest` bytes a second came over the whole window.
   */
  constructor(window: number, onStall: () => void, slowest: number = MIN_BYTES_PER_SECOND) {
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
        if (this.steps.length > STEP_COUNT) this.steps.shift();
        const sum = this.steps.reduce((total, bytes) => total + bytes, 0);
        if (this.steps.length === STEP_COUNT && sum < slowest * window) {
          this.stop();
          onStall();
        }
      },
      (window * 1000) / STEP_COUNT,
    );
  }

  addBytes(bytes: number): void {
    this.current += bytes;
  }

  pause(): void {
    this.held += 1;
  }

  resume(): void {
    this.held -= 1;
    this.steps.length = 0;
    this.current = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
