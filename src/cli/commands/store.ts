import { resolveInputPath } from '../../inputs/parse.ts';
import { parseSize } from '../../inputs/values.ts';
import { EXIT_CODES, TfcacheError } from '../../platform/error.ts';
import { openStore } from '../../store/open-store.ts';
import type { CommandLine } from '../options.ts';
import { type CliSession, runInSession } from '../session.ts';
import { printOutput } from '../standard-streams.ts';
import { renderCollectedGarbage, renderStoreStats, renderVerifiedStore } from './store-lines.ts';

/** Runs `tfcache store stats | verify | gc`. @returns the exit code: 3 if `verify` found a damaged object */
export async function runStoreCommand(line: CommandLine): Promise<number> {
  const [action, ...more] = line.operands;
  const run = ACTIONS[action ?? ''];
  if (run === undefined || more.length > 0) {
    throw new TfcacheError(
      'command-line-invalid',
      'tfcache store requires one of stats, verify and gc.',
      {
        where: 'command line',
        expected: 'tfcache store stats|verify|gc --store FOLDER',
        found: line.operands.join(' ') || 'nothing',
        hint: 'Use stats to show the content of the store, verify to check and repair it, gc to reduce its size.',
      },
    );
  }
  refuseExtra(line, action === 'gc');
  return runInSession(line, (session) => run(line, session));
}

type Action = (line: CommandLine, session: CliSession) => Promise<number>;

const ACTIONS: Readonly<Record<string, Action>> = {
  async stats(line, session) {
    const { readStoreStats } = await import('../../store/maintenance/store-stats.ts');
    const stats = await readStoreStats(folderOf(line, session));
    print(line, { version: 1, ...stats }, () => renderStoreStats(stats));
    return 0;
  },

  async verify(line, session) {
    const { log, progress, signal } = session.runContext;
    const folder = openedFolder(line, session);
    const { verifyStore } = await import('../../store/maintenance/verify-store.ts');
    const verified = await verifyStore(folder, { progress, signal });
    print(line, { version: 1, folder, ...verified }, () => renderVerifiedStore(verified));
    if (verified.wrong.length === 0) return 0;
    log.error(
      `${verified.wrong.length === 1 ? 'An object was' : `${verified.wrong.length} objects were`} damaged. The next pull that needs them downloads them again.`,
    );
    return EXIT_CODES.integrity;
  },

  async gc(line, session) {
    const { progress, signal } = session.runContext;
    const folder = openedFolder(line, session);
    const { collectGarbage } = await import('../../store/maintenance/collect-garbage.ts');
    const size = line.extra['max-size'] ?? line.inputs['store-max-size'];
    const age = line.extra['max-age'];
    const limits = {
      maxSize: size === undefined || size === '' ? undefined : parseSize('store-max-size', size),
      maxAge: age === undefined ? undefined : parseAge(age),
    };
    const collected = await collectGarbage(folder, { ...limits, progress, signal });
    print(line, { version: 1, folder, ...collected }, () =>
      renderCollectedGarbage(collected, limits),
    );
    return 0;
  },
};

function folderOf({ inputs }: CommandLine, { context }: CliSession): string {
  const written = inputs.store?.trim();
  if (written) return resolveInputPath(written, context);
  throw new TfcacheError('command-line-invalid', 'The store is not set.', {
    where: 'command line',
    hint: 'Set the folder: tfcache store stats --store FOLDER, or set TFCACHE_STORE.',
  });
}

/** Opens a store that exists and has a known format: a typo in its name must not create a new one. */
function openedFolder(line: CommandLine, session: CliSession): string {
  const folder = folderOf(line, session);
  return openStore(folder, { log: session.runContext.log, missing: 'refuse' }).folder;
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 24 * 3_600,
  w: 7 * 24 * 3_600,
};

/** Parses `30d`, `12h` or `2w`. @returns milliseconds */
function parseAge(value: string): number {
  const [, digits, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(value) ?? [];
  if (digits !== undefined) return Number(digits) * (UNITS[unit] ?? 0) * 1000;
  throw new TfcacheError(
    'command-line-invalid',
    'The value of the option --max-age is not valid.',
    {
      where: 'command line',
      expected: 'a number and s, m, h, d or w: 30d',
      found: JSON.stringify(value),
      hint: 'Set --max-age to the time since the last use, for example 30d.',
    },
  );
}

function refuseExtra({ extra }: CommandLine, allowed: boolean): void {
  const [name] = Object.keys(extra);
  if (allowed || name === undefined) return;
  throw new TfcacheError(
    'command-line-invalid',
    `The option --${name} is only valid for tfcache store gc.`,
    {
      where: 'command line',
      hint: `Remove --${name}.`,
    },
  );
}

function print({ json }: CommandLine, data: object, lines: () => readonly string[]): void {
  const text = json ? JSON.stringify(data, undefined, 2) : lines().join('\n');
  printOutput(`${text}\n`);
}
