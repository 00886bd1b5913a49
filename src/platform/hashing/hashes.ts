import { createHash, type Hash, hash } from 'node:crypto';
import type { DigestAlgorithm, FurtherDigests } from '../../bucket/file.ts';

export interface Digests extends FurtherDigests {
  sha256: string;
}

/** Computes sha256 and any further digests of one stream of bytes. */
export class Hashes {
  readonly #sha256 = createHash('sha256');
  readonly #further: readonly { algorithm: keyof FurtherDigests; hash: Hash }[];

  constructor(algorithms: readonly DigestAlgorithm[]) {
    this.#further = selectFurther(algorithms).map((algorithm) => ({
      algorithm,
      hash: createHash(algorithm),
    }));
  }

  update(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    for (const { hash } of this.#further) hash.update(bytes);
  }

  /** Ends the stream. May be called once. */
  digest(): Digests {
    const digests: Digests = { sha256: this.#sha256.digest('hex') };
    for (const { algorithm, hash } of this.#further) digests[algorithm] = hash.digest('hex');
    return digests;
  }
}

/** Returns the digests of bytes in memory. Faster than {@link Hashes} for small files. */
export function hashBytes(bytes: Uint8Array, algorithms: readonly DigestAlgorithm[]): Digests {
  const digests: Digests = { sha256: hash('sha256', bytes, 'hex') };
  for (const algorithm of selectFurther(algorithms))
    digests[algorithm] = hash(algorithm, bytes, 'hex');
  return digests;
}

function selectFurther(algorithms: readonly DigestAlgorithm[]): (keyof FurtherDigests)[] {
  return algorithms.filter((algorithm) => algorithm !== 'sha256');
}
