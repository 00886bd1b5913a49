/**
 * Sixteen hexadecimal digits that stand for a text in a name. No two texts of one machine have the same by accident; no
 * protection against who looks for two on purpose: that is node:crypto's, which takes a short run a tenth of its time to
 * load. FNV-1a of 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/) over UTF-8.
 */
export function shortHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

/** Sixteen hexadecimal digits by chance, for a name that this process has not given yet. They can be foreseen. */
export function createRandomDigits(): string {
  const digits = () =>
    Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return digits() + digits();
}
