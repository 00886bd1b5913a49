import { Readable } from 'node:stream';

/** Takes bytes as they come. They are valid until it returns; false means that no more is wanted. */
export type ChunkConsumer = (chunk: Buffer) => boolean;

/**
 * The body of an answer that can be read without Node's streams: see {@link DirectBody.consume}. Read as a stream it works,
 * too, which the SDK does with what errors say.
 */
export class DirectBody extends Readable {
  readonly #pour: (take: ChunkConsumer) => Promise<void>;
  readonly #giveUp: () => void;
  #begun = false;

  /** @param pour resolves when all has come and was taken. @param giveUp closes the connection. */
  constructor(pour: (take: ChunkConsumer) => Promise<void>, giveUp: () => void) {
    super();
    this.#pour = pour;
    this.#giveUp = giveUp;
  }

  /** Hands the bytes on without a copy. Nothing else may read the body then. */
  consume(take: ChunkConsumer): Promise<void> {
    this.#begun = true;
    return this.#pour(take);
  }

  override _read(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#pour((chunk) => {
      this.push(Buffer.from(chunk));
      return true;
    }).then(
      () => this.push(null),
      (error: Error) => this.destroy(error),
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#giveUp();
    done(error);
  }
}
