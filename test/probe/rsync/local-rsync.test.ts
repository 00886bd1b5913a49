import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderProbeReport } from '../../../src/probe/report/render.ts';
import { findLocalRsync, parseLocalRsync } from '../../../src/probe/rsync/local-rsync.ts';
import { probeAll } from '../../support/probing.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

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
    const judged = parseLocalRsync('/usr/bin/rsync', printed);
    expect(judged).toMatchObject({ version, protocol, problem: undefined });
    expect(judged.holes.length).toBeGreaterThan(0);
  });

  it.each([
    ['openrsync: protocol version 29\nrsync version 2.6.9 compatible', 'openrsync'],
    ['rsync  version 3.1.3  protocol version 31', 'too old'],
    ['hello', 'does not seem to be rsync'],
  ])('is refused when it printed %j', (printed, problem) => {
    expect(parseLocalRsync('/usr/bin/rsync', printed).problem).toContain(problem);
  });

  it('is taken although it is old when rsync-path says so, as a pull takes it', async () => {
    const path = join(temporaryFolder(), 'rsync');
    writeFileSync(path, '#!/bin/sh\necho "rsync  version 3.1.3  protocol version 31"\n');
    chmodSync(path, 0o755);
    expect((await findLocalRsync(path, environment)).problem).toContain('too old');
    const rsync = await findLocalRsync(`allow-old:${path}`, environment);
    expect(rsync).toMatchObject({ path, version: '3.1.3', problem: undefined });
    expect(rsync.holes.map(({ cve }) => cve)).toContain('CVE-2022-29154');
  });

  it('is shown with its holes', async () => {
    const path = join(temporaryFolder(), 'rsync');
    writeFileSync(path, '#!/bin/sh\necho "rsync  version 3.2.7  protocol version 31"\n');
    chmodSync(path, 0o755);
    const report = await probeAll(['rsync://127.0.0.1:1/x/'], { rsyncPath: path });
    const printed = renderProbeReport(report, { colour: 'plain' }).join('\n');
    expect(printed).toContain(`rsync 3.2.7 here, protocol 31 (${path})`);
    expect(printed).toMatch(/CVE-2024-12087 +a mirror writes outside .* \(before 3\.4\.0\)/);
  });
});
