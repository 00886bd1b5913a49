import { TfcacheError } from '../../../platform/error.ts';

/** Splits a stream of bytes into lines, holding no more than one line. */
export class LineSplitter {
  readonly #onLine: (line: Buffer) => void;
  readonly #limit: number;
  #rest: Buffer = Buffer.alloc(0);

  /** `limit`: bytes a line may have; a longer one throws, for no name is that long. */
  constructor(onLine: (line: Buffer) => void, limit = 64 * 1024) {
    this.#onLine = onLine;
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, start);
      if (end === -1) break;
      const piece = chunk.subarray(start, end);
      const line = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
      this.#rest = Buffer.alloc(0);
      start = end + 1;
      this.#onLine(line);
    }
    if (start === chunk.length) return;
    this.#rest = Buffer.concat([this.#rest, chunk.subarray(start)]);
    if (this.#rest.length > this.#limit) {
      throw new TfcacheError('protocol-error', 'The mirror sent a line without end.', {
        expected: `at most ${this.#limit} bytes`,
        hint: 'This is no listing or transfer of an honest rsync daemon. Name another mirror.',
      });
    }
  }

  /** What stands after the last line feed is a line too. */
  end(): void {
    if (this.#rest.length > 0) this.#onLine(this.#rest);
    this.#rest = Buffer.alloc(0);
  }
}
