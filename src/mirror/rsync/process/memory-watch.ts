import { readFileSync } from 'node:fs';

const INTERVAL_MS = 250;
const PAGE_BYTES = 4096;

/**
 * Sees to it that a program does not take all memory: rsync holds the whole list that a mirror sends, and nothing in it ends a
 * list without end. Linux only; elsewhere the program is not watched.
 *
 * @param onTooMuch called once.
 * @returns what ends the watch.
 */
export function watchMemory(pid: number, limit: number, onTooMuch: () => void): () => void {
  const timer = setInterval(() => {
    if (residentBytes(pid) <= limit) return;
    clearInterval(timer);
    onTooMuch();
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}

/** proc(5), /proc/PID/statm: the second number is the resident set in pages. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    // It ended, or there is no /proc here.
    return 0;
  }
}
