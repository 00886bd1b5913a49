import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientHoles } from '../../src/probe/client-holes.ts';
import { findLocalRsync, judgeLocalRsync } from '../../src/probe/local-rsync.ts';
import { renderProbe } from '../../src/probe/render.ts';
import { probeMirrors } from '../support/probing.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const cves = (version: string) => clientHoles(version).map(({ cve }) => cve);

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

describe('the rsync of this machine', () => {
  const environment = { PATH: process.env['PATH'] };

  it('is asked for its version', async () => {
    const rsync = await findLocalRsync('rsync', environment);
    expect(rsync.version).toMatch(/^3\.\d+\.\d+$/);
    expect(rsync.protocol).toMatch(/^3\d/);
    expect(rsync.problem).toBeUndefined();
  });

  it('is told as missing, not installed', async () => {
    const rsync = await findLocalRsync('rsync', { PATH: temporaryFolder() });
    expect(rsync).toMatchObject({ path: undefined, version: undefined });
    expect(rsync.problem).toContain('there is no program rsync');
  });

  it.each([
    ['{"program": "rsync","version": "3.4.1", "protocol": "32.0"}', '3.4.1', '32.0'],
    ['rsync  version v3.2.7  protocol version 31\nCopyright', '3.2.7', '31'],
  ])('is read from %j', (printed, version, protocol) => {
    const judged = judgeLocalRsync('/usr/bin/rsync', printed);
    expect(judged).toMatchObject({ version, protocol, problem: undefined });
    expect(judged.holes.length).toBeGreaterThan(0);
  });

  it.each([
    ['openrsync: protocol version 29\nrsync version 2.6.9 compatible', 'openrsync'],
    ['rsync  version 3.1.3  protocol version 31', 'too old'],
    ['hello', 'does not seem to be rsync'],
  ])('is refused when it printed %j', (printed, problem) => {
    expect(judgeLocalRsync('/usr/bin/rsync', printed).problem).toContain(problem);
  });

  it('is shown with its holes', async () => {
    const path = join(temporaryFolder(), 'rsync');
    writeFileSync(path, '#!/bin/sh\necho "rsync  version 3.2.7  protocol version 31"\n');
    chmodSync(path, 0o755);
    const report = await probeMirrors(['rsync://127.0.0.1:1/x/'], { rsyncPath: path });
    const printed = renderProbe(report, { colour: 'plain' }).join('\n');
    expect(printed).toContain(`rsync 3.2.7 here, protocol 31 (${path})`);
    expect(printed).toMatch(/CVE-2024-12087 +a mirror writes outside .* \(before 3\.4\.0\)/);
  });
});
