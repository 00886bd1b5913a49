/** Without what tfcache says of an rsync that is not the newest: Debian's is none of these tests' business. */
export function withoutAgeOfRsync(text: string): string {
  return text.replaceAll(/^warning: rsync \d+\.\d+\.\d+ at .* can use CVE-.*\n?/gm, '');
}

/** Without what tfcache says of a lockfile that it wrote: whether a killed run wrote it before depends on the moment. */
export function withoutLockChanges(text: string): string {
  return text.replaceAll(/^warning: .*\.lock changed: .*\n(?: {2}.*\n)*Commit it.*\n?/gm, '');
}
