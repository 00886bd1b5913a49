import type { ReceivedBytesMeter } from './meter.ts';

/** What one of several rsyncs at once has received. */
export interface ProgressShare {
  /** A file is complete: so many bytes came for it. */
  completed(bytes: number): void;
  /** So many bytes came so far for what is not complete yet. */
  inFlight(bytes: number): void;
}

/** Adds up what several rsyncs receive at once, for one meter. */
export class ProgressShares {
  readonly #meter: ReceivedBytesMeter;
  readonly #inFlight: number[] = [];

  constructor(meter: ReceivedBytesMeter) {
    this.#meter = meter;
  }

  next(): ProgressShare {
    const index = this.#inFlight.push(0) - 1;
    return {
      completed: (bytes) => {
        this.#inFlight[index] = 0;
        this.#meter.completed(bytes);
      },
      inFlight: (bytes) => {
        this.#inFlight[index] = bytes;
        this.#meter.inFlight(this.#inFlight.reduce((sum, one) => sum + one, 0));
      },
    };
  }
}
