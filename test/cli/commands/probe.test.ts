import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { runProbeCommand } from '../../../src/cli/commands/probe.ts';
import { parseCommandLine } from '../../../src/cli/options.ts';
import type { ProbeReport } from '../../../src/probe/report/report.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { rejectionOf, thrownBy } from '../../support/thrown.ts';
import { traceText } from '../../support/trace.ts';

const printed = vi.hoisted(() => ({ output: '' }));
vi.mock('../../../src/cli/standard-streams.ts', () => ({
  printOutput: (text: string) => {
    printed.output += text;
  },
  getStandardError: () => ({ write: () => true }),
}));

/** A share whose trace says that it was synced so many days ago. */
function sharedSince(days: number): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '@tfcache'));
  const finished = new Date(Date.now() - days * 86_400_000).toISOString();
  writeFileSync(join(folder, '@tfcache/trace.json'), traceText({ finished }));
  return pathToFileURL(folder).href;
}

/** What it prints as JSON. @throws what the command line would tell */
async function probe(...args: readonly string[]): Promise<ProbeReport> {
  printed.output = '';
  await runProbeCommand(
    parseCommandLine(['probe', '--json', ...args], { PATH: process.env['PATH'] }),
  );
  return JSON.parse(printed.output);
}

describe('tfcache probe --stale-after', () => {
  it.each([
    [[], 7, 'stale'],
    [['--stale-after', '30'], 30, 'fresh'],
    [['--stale-after=9'], 9, 'stale'],
  ])('%j: a mirror synced 10 days ago', async (options, days, state) => {
    const report = await probe(sharedSince(10), ...options);
    expect(report.staleAfterDays).toBe(days);
    expect(report.mirrors[0]?.freshness.state).toBe(state);
  });

  it.each(['0', '-1', 'soon', '1.5', '30d', ''])('refuses %j', async (value) => {
    const error = await rejectionOf(probe(sharedSince(1), `--stale-after=${value}`));
    expect(error).toMatchObject({
      code: 'usage',
      expected: expect.stringContaining('whole number'),
    });
  });

  it('belongs to probe alone', () => {
    const error = thrownBy(() => parseCommandLine(['pull', 'path:a', '--stale-after', '3'], {}));
    expect(error).toMatchObject({ code: 'usage', hint: expect.stringContaining('tfcache probe') });
  });
});
