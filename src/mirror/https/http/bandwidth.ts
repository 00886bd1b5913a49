/**
 * Holds all transfers of a mirror together to a limit. Each is told how long to rest after what it just received; a rest
 * is remembered, so several connections share the limit instead of each having it.
 */
export class BandwidthLimit {
  private readonly bytesPerSecond: number | undefined;
  /** When what was received so far would have been received at the limit; milliseconds of `performance.now()`. */
  private paidUntil = 0;

  /** @param limit KiB a second, undefined for none. */
  constructor(limit: number | undefined) {
    this.bytesPerSecond = limit === undefined ? undefined : limit * 1024;
  }

  /** @returns milliseconds to rest before reading on. */
  addBytes(bytes: number): number {
    if (this.bytesPerSecond === undefined) return 0;
    const now = performance.now();
    this.paidUntil = Math.max(this.paidUntil, now) + (bytes / this.bytesPerSecond) * 1000;
    return this.paidUntil - now;
  }
}
