import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIni } from '../../../src/mirror/package-index/ini.ts';
import { NoPipIndexError } from '../../../src/mirror/package-index/no-pip-index.ts';
import { findPipDefault } from '../../../src/mirror/package-index/pip-default.ts';
import { listPipConfigurationFiles } from '../../../src/mirror/package-index/pip-files.ts';
import {
  findConfiguredPipIndex,
  findPipIndex,
} from '../../../src/mirror/package-index/pip-index.ts';
import { writeProgram } from '../../support/programs.ts';
import { pythonWith } from '../../support/python.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { rejectionOf, thrownBy } from '../../support/thrown.ts';

/** Where a test may put a file, by the name it has in the cases below. */
const PLACES = {
  everyone: 'xdg/pip/pip.conf',
  old: 'home/.pip/pip.conf',
  user: 'home/.config/pip/pip.conf',
  userElsewhere: 'config/pip/pip.conf',
  venv: 'venv/pip.conf',
  named: 'named.conf',
} as const;
type PlaceName = keyof typeof PLACES;

interface Case {
  files: Partial<Record<PlaceName, string>>;
  environment: Record<string, string>;
}

function environmentIn(folder: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    HOME: join(folder, 'home'),
    XDG_CONFIG_DIRS: join(folder, 'xdg'),
    VIRTUAL_ENV: join(folder, 'venv'),
    ...Object.fromEntries(
      Object.entries(more).map(([name, value]) => [name, value.replace('FOLDER', folder)]),
    ),
  };
}

function write(folder: string, files: Case['files']): void {
  for (const [place, text] of Object.entries(files)) {
    const file = join(folder, PLACES[place as PlaceName]);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function find(folder: string, more: Record<string, string> = {}): string {
  const environment = environmentIn(folder, more);
  return findConfiguredPipIndex({ environment, platform: 'linux' }).found?.url ?? 'none';
}

const text = fc.oneof(
  fc.constant('[global]\nindex-url = https://global/simple\n'),
  fc.constant('[install]\nindex-url: https://install/simple\n'),
  fc.constant(
    '# index-url = no\n[global]\nindex_url=https://underscore/\n[download]\nindex-url=x\n',
  ),
  fc.constant('[global]\nindex-url =\n  https://continued/simple\ntimeout = 3\n'),
  fc.constant('[global]\nindex-url =\n[install]\nno-index = false\n'),
  fc.constant('[global]\n--index-url = https://dashes/simple ; not a comment\n'),
  fc.constant('[global]\nno-index = yes\n'),
  fc.constant('[freeze]\ntimeout = 10\n'),
);
const caseOf: fc.Arbitrary<Case> = fc.record({
  files: fc.dictionary(
    fc.constantFrom(...(Object.keys(PLACES) as PlaceName[])),
    text,
  ) as fc.Arbitrary<Case['files']>,
  environment: fc.record(
    {
      PIP_INDEX_URL: fc.constantFrom('', 'https://variable/simple'),
      PIP_NO_INDEX: fc.constantFrom('', '0', 'true'),
      PIP_CONFIG_FILE: fc.constantFrom('/dev/null', 'FOLDER/named.conf', 'FOLDER/not-there.conf'),
      XDG_CONFIG_HOME: fc.constant('FOLDER/config'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, string>>,
});

/** What pip itself makes of each case: `none` when it would ask no index, or the one built into it. */
const ASK_PIP = `
import json, os, sys
from pip._internal.commands.install import InstallCommand
from pip._internal.models.index import PyPI
for case in json.load(sys.stdin):
    for name in [name for name in os.environ if name.startswith(("PIP_", "XDG_"))]:
        del os.environ[name]
    os.environ.update(case)
    sys.prefix = case["VIRTUAL_ENV"]
    values = InstallCommand("install", "").parser.get_default_values()
    built_in = values.index_url == PyPI.simple_url
    print(json.dumps("none" if values.no_index or built_in else values.index_url))
`;

const python = pythonWith('pip._internal.commands.install');

test.skipIf(python === undefined)('finds the index that pip itself finds', () => {
  const folder = temporaryFolder();
  const cases = fc.sample(caseOf, { numRuns: 150, seed: 20_260 });
  const ours: string[] = [];
  const environments = cases.map(({ files, environment }, index) => {
    const own = join(folder, String(index));
    write(own, files);
    try {
      ours.push(find(own, environment));
    } catch (error) {
      if (!(error instanceof NoPipIndexError) || error.reason !== 'pip-index-disabled') throw error;
      ours.push('none');
    }
    return environmentIn(own, environment);
  });
  const output = execFileSync(python ?? '', ['-c', ASK_PIP], {
    input: JSON.stringify(environments),
    encoding: 'utf8',
  });
  const theirs = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string);
  expect(ours).toEqual(theirs);
  expect(new Set(ours).size).toBeGreaterThan(4);
});

describe('without a configured index', () => {
  const platform = 'linux';

  test.skipIf(python === undefined)(
    'pip itself names its default, by either question',
    async () => {
      const found = await findPipDefault({ environment: process.env, platform });
      const help = execFileSync(python ?? '', ['-m', 'pip', '--isolated', 'install', '--help'], {
        encoding: 'utf8',
        env: { ...process.env, COLUMNS: '300' },
      });
      expect(found?.url).toMatch(/^https:/);
      expect(help).toContain(`(default ${found?.url})`);
      // A pip that hides its modules is asked by its help.
      const folder = temporaryFolder();
      const executable = execFileSync(python ?? '', ['-c', 'import sys; print(sys.executable)'], {
        encoding: 'utf8',
      }).trim();
      writeProgram(join(folder, 'pip3'), `exec "${executable}" -m pip "$@"`);
      const environment = { ...process.env, PATH: folder };
      const byHelp = await findPipDefault({ environment, platform });
      expect(byHelp).toEqual({ url: found?.url, program: join(folder, 'pip3') });
    },
  );

  test('the Python that was set up for the job is asked before the one on the PATH', async () => {
    const folder = temporaryFolder();
    const answer = (host: string) => `echo https://${host}/simple`;
    writeProgram(join(folder, 'set-up/bin/python3'), answer('job.example'));
    writeProgram(join(folder, 'path/python3'), answer('path.example'));
    const environment = { PATH: join(folder, 'path'), PIP_CONFIG_FILE: '/dev/null' };
    const path = await findPipIndex({ environment, platform });
    expect(path.url).toBe('https://path.example/simple');
    const withSetUp = { ...environment, pythonLocation: join(folder, 'set-up') };
    const { url, source: from } = await findPipIndex({ environment: withSetUp, platform });
    expect(url).toBe('https://job.example/simple');
    expect(from).toContain(join(folder, 'set-up/bin/python3'));
    // What is configured needs no pip.
    const configured = { ...withSetUp, PIP_INDEX_URL: 'https://configured.example/simple' };
    expect(await findPipIndex({ environment: configured, platform })).toEqual({
      url: 'https://configured.example/simple',
      source: 'PIP_INDEX_URL',
    });
  });

  test.skipIf(python === undefined)('a folder named pip in the checkout is not run', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'pip'));
    writeFileSync(
      join(folder, 'pip/__init__.py'),
      `open(${JSON.stringify(join(folder, 'ran'))}, 'w')`,
    );
    const before = process.cwd();
    process.chdir(folder);
    try {
      const found = await findPipDefault({ environment: process.env, platform });
      expect(found?.url).toMatch(/^https:/);
    } finally {
      process.chdir(before);
    }
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
});

describe('errors', () => {
  test('no index configured and no pip: says where it looked, and names no index of its own', async () => {
    const folder = temporaryFolder();
    const environment = environmentIn(folder, { PIP_CONFIG_FILE: '/dev/null', PATH: folder });
    const error = await rejectionOf(findPipIndex({ environment, platform: 'linux' }));
    expect(error).toMatchObject({ code: 'configuration', reason: 'pip-missing', exitCode: 7 });
    expect(error.found).toContain('PIP_INDEX_URL');
    expect(error.found).toContain('no python');
    expect(error.hint).toContain('pypi=https://');
    expect(`${error.message} ${error.found} ${error.hint}`).not.toMatch(/https:\/\/(?!host\/)/);
  });

  test('a python without pip is named', async () => {
    const folder = temporaryFolder();
    const program = writeProgram(join(folder, 'python3'), 'echo "No module named pip" >&2; exit 1');
    const environment = environmentIn(folder, { PIP_CONFIG_FILE: '/dev/null', PATH: folder });
    const error = await rejectionOf(findPipIndex({ environment, platform: 'linux' }));
    expect(error).toMatchObject({ code: 'configuration', reason: 'pip-missing' });
    expect(error.found).toContain(`${program}: No module named pip`);
  });

  test('no-index is its own reason', () => {
    const error = thrownBy(() => find(temporaryFolder(), { PIP_NO_INDEX: '1' }));
    expect(error).toMatchObject({ code: 'configuration', reason: 'pip-index-disabled' });
  });

  test('a file that cannot be read is told by its name', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'named.conf'));
    const error = thrownBy(() => find(folder, { PIP_CONFIG_FILE: 'FOLDER/named.conf' }));
    expect(error).toMatchObject({ code: 'failed', where: join(folder, 'named.conf') });
    rmSync(join(folder, 'named.conf'), { recursive: true });
  });
});

test('the files of macOS and of Windows, the strongest last', () => {
  const mac = { environment: { HOME: '/Users/a' }, platform: 'darwin' } as const;
  expect(listPipConfigurationFiles(mac)).toEqual([
    '/Library/Application Support/pip/pip.conf',
    '/Users/a/.pip/pip.conf',
    '/Users/a/.config/pip/pip.conf',
  ]);
  const windows = {
    environment: { USERPROFILE: 'C:\\Users\\a', APPDATA: 'C:\\Users\\a\\AppData\\Roaming' },
    platform: 'win32',
  } as const;
  expect(listPipConfigurationFiles(windows)).toEqual([
    'C:\\ProgramData\\pip\\pip.ini',
    'C:\\Users\\a\\pip\\pip.ini',
    'C:\\Users\\a\\AppData\\Roaming\\pip\\pip.ini',
  ]);
});

test('the syntax: comments, both delimiters, continued lines, keys in any spelling', () => {
  const values = parseIni(
    '\uFEFFlost = 1\n[a b]\n; no\nOne_Two = x = y\r\nthree: z\n  more\n\n  still\n[c]\n--four=5\nnothing\n',
  );
  expect(Object.fromEntries(values)).toEqual({
    'a b.one-two': 'x = y',
    'a b.three': 'z\nmore\nstill',
    'c.four': '5',
  });
});
