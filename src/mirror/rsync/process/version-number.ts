/** The numbers of a version that a program prints: `3.2.7` of `3.2.7pre1`; undefined where there are none. */
export function parseVersionNumber(version: string): string | undefined {
  return /\d+\.\d+(\.\d+)?/.exec(version)?.[0];
}

/** Both as `3.2.7`; what is not there counts as 0. */
export function isOlderVersion(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 3; at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
