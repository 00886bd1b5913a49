/**
 * Returns the milliseconds of a clock that cannot be set. `performance.now()` would return the same, but its first call loads
 * Node's tools for measuring, which takes longer than a warm run's own work.
 */
export function readSteadyClockMs(): number {
  return process.uptime() * 1000;
}
