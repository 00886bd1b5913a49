import { isOlderVersion } from './version-number.ts';

/** A known fault by which a hostile mirror can harm whoever pulls from it. */
export interface KnownVulnerability {
  cve: string;
  /** The first version of rsync without it. */
  fixedIn: string;
  what: string;
}

/**
 * Faults of rsync by which a hostile daemon can harm a client that pulls as tfcache does (no -z, -X, -H, -A). Faults of the
 * daemon, and those that need a local attacker, are left out. From rsync's NEWS.md and its security page
 * (https://rsync.samba.org/security.html). Oldest first.
 */
const HOLES: readonly KnownVulnerability[] = [
  {
    cve: 'CVE-2022-29154',
    fixedIn: '3.2.5',
    what: 'a mirror writes files that were not asked for',
  },
  { cve: 'CVE-2024-12086', fixedIn: '3.4.0', what: 'a mirror reads files of this machine' },
  { cve: 'CVE-2024-12087', fixedIn: '3.4.0', what: 'a mirror writes outside of the destination' },
  { cve: 'CVE-2024-12088', fixedIn: '3.4.0', what: 'links lead out although --safe-links is set' },
  { cve: 'CVE-2026-43620', fixedIn: '3.4.3', what: 'a mirror makes rsync crash' },
  { cve: 'CVE-2026-45232', fixedIn: '3.4.3', what: 'a proxy writes beyond a buffer (RSYNC_PROXY)' },
  { cve: 'CVE-2026-53789', fixedIn: '3.5.0', what: 'a mirror makes --delete remove more' },
  { cve: 'CVE-2026-70458', fixedIn: '3.5.0', what: 'a mirror writes beyond a buffer' },
  { cve: 'CVE-2026-70462', fixedIn: '3.5.0', what: 'a mirror turns --timeout off' },
];

/** What is known to be wrong with a version, going by its number: `3.2.7`. Distributions patch without changing it. */
export function findKnownVulnerabilities(version: string): readonly KnownVulnerability[] {
  return HOLES.filter(({ fixedIn }) => isOlderVersion(version, fixedIn));
}
