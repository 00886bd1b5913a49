/** The last bytes of an output, for messages: whatever a program prints, no more than `limit` bytes are kept. */
export class OutputTail {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    // Joined only when twice too long: each byte is copied a bounded number of times.
    if (this.#length > 2 * this.#limit || this.#chunks.length > 4096) this.#trim();
  }

  toString(): string {
    this.#trim();
    return (this.#chunks[0] ?? Buffer.alloc(0)).toString('utf8');
  }

  #trim(): void {
    const all = Buffer.concat(this.#chunks);
    const kept = all.length > this.#limit ? Buffer.from(all.subarray(-this.#limit)) : all;
    this.#chunks = [kept];
    this.#length = kept.length;
  }
}
