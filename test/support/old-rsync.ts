/** Without what tfcache says of an rsync that is not the newest: Debian's is none of these tests' business. */
export function withoutAgeOfRsync(text: string): string {
  return text.replaceAll(/^warning: rsync \d+\.\d+\.\d+ at .* can use CVE-.*\n?/gm, '');
}
