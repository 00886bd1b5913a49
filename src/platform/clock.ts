/**
 * Milliseconds of a clock that nobody sets. `performance.now()` tells the same, but Node loads its tools for measuring
 * before it does, which is more than a short run measures.
 */
export function readSteadyClockMs(): number {
  return process.uptime() * 1000;
}
