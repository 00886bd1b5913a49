/** Below this a further connection costs the mirror more than it brings: some round trips to set it up, a process there. */
const LEAST_BYTES_A_CONNECTION = 4 * 1024 * 1024;

/**
 * Splits files into one batch for each connection, of about the same size: the largest file goes to the smallest batch, and
 * so on. Files stay whole; there are never more batches than files, and none for a few bytes.
 */
export function splitIntoBatches<F extends { size: number }>(
  files: readonly F[],
  connections: number,
): F[][] {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const worthwhile = Math.max(1, Math.floor(total / LEAST_BYTES_A_CONNECTION));
  const count = Math.max(1, Math.min(connections, files.length, worthwhile));
  const batches = Array.from({ length: count }, () => ({ files: [] as F[], bytes: 0 }));
  for (const file of files.toSorted((left, right) => right.size - left.size)) {
    const smallest = batches.reduce((least, batch) => (batch.bytes < least.bytes ? batch : least));
    smallest.files.push(file);
    smallest.bytes += file.size;
  }
  return batches.map((batch) => batch.files);
}
