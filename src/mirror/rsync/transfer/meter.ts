/** Counts what came over the wire, so that the sum told never falls back and never counts a byte twice. */
export class ReceivedBytesMeter {
  readonly #onBytes: (bytes: number) => void;
  #complete = 0;
  #told = 0;

  constructor(onBytes: (bytes: number) => void) {
    this.#onBytes = onBytes;
  }

  get total(): number {
    return this.#told;
  }

  /** A file is complete: `bytes` came for it. */
  completed(bytes: number): void {
    this.#complete += bytes;
    this.#tell(this.#complete);
  }

  /** `bytes` came so far for what is not complete yet. */
  inFlight(bytes: number): void {
    this.#tell(this.#complete + bytes);
  }

  /** A further run begins: what came before it stays counted. */
  nextRun(): void {
    this.#complete = this.#told;
  }

  #tell(total: number): void {
    if (total <= this.#told) return;
    const more = total - this.#told;
    this.#told = total;
    this.#onBytes(more);
  }
}
