import { describe, expect, it } from 'vitest';
import { findKnownVulnerabilities } from '../../../../src/mirror/rsync/process/known-vulnerabilities.ts';

const cves = (version: string) => findKnownVulnerabilities(version).map(({ cve }) => cve);

describe('known holes of a client', () => {
  it('are none from 3.5.0 on', () => {
    expect(cves('3.5.0')).toEqual([]);
    expect(cves('3.10.1')).toEqual([]);
  });

  it('are those of 2026 in 3.4.1', () => {
    expect(cves('3.4.1')).toContain('CVE-2026-43620');
    expect(cves('3.4.3')).toEqual(['CVE-2026-53789', 'CVE-2026-70458', 'CVE-2026-70462']);
  });

  it('are those of 2024 in 3.2.7 and of 2022 in 3.1.3', () => {
    expect(cves('3.2.7')).toContain('CVE-2024-12087');
    expect(cves('3.2.7')).not.toContain('CVE-2022-29154');
    expect(cves('3.1.3')).toContain('CVE-2022-29154');
  });

  it('do not count what only a daemon suffers', () => {
    for (const cve of ['CVE-2024-12084', 'CVE-2024-12085', 'CVE-2024-12747'])
      expect(cves('3.1.3')).not.toContain(cve);
  });
});
