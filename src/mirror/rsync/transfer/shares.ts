import type { Meter } from './meter.ts';

/** What one of several rsyncs at once has received. */
export interface Share {
  /** A file is complete: so many bytes came for it. */
  completed(bytes: number): void;
  /** So many bytes came so far for what is not complete yet. */
  inFlight(bytes: number): void;
}

/** Adds up what several rsyncs receive at once, for one meter. */
export class Shares {
  readonly #meter: Meter;
  readonly #inFlight: number[] = [];

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  next(): Share {
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
