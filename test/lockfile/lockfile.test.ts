import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareLockfiles } from '../../src/lockfile/compare.ts';
import {
  EMPTY_LOCKFILE,
  findLockedArtifact,
  type LockedArtifact,
  type Lockfile,
  upsertLockedArtifact,
} from '../../src/lockfile/lockfile.ts';
import { hashLockfile, readLockfile, writeLockfile } from '../../src/lockfile/read-write.ts';
import { requireWritableLockfile } from '../../src/lockfile/require-writable.ts';
import { describeError } from '../../src/platform/error.ts';
import { AWKWARD_NAMES } from '../support/names.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { thrownBy } from '../support/thrown.ts';

const SHA = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);

function artifact(overrides: Partial<LockedArtifact> = {}): LockedArtifact {
  return {
    id: 'path:linux/*.whl',
    request: 'path:linux/*.whl',
    title: 'linux/*.whl',
    version: undefined,
    files: [
      { bucket: 'tensorflow', path: 'linux/a.whl', size: 5, mtime: 1_700_000_000, sha256: SHA },
    ],
    ...overrides,
  };
}

const lockOf = (...artifacts: LockedArtifact[]): Lockfile => ({ version: 1, artifacts });
const lockFile = () => join(temporaryFolder(), 'tfcache.lock');

describe('writing and reading', () => {
  test('a written lockfile is read again unchanged', () => {
    const file = lockFile();
    const lock = lockOf(
      artifact({ id: 'a', version: '2.15.1' }),
      artifact({
        id: 'b',
        files: [{ bucket: 'tfds-data', path: 'x', size: 0, mtime: undefined, sha256: SHA }],
      }),
      artifact({ id: 'c' }),
    );
    expect(writeLockfile(file, lock)).toBe(true);
    expect(readLockfile(file)).toEqual(lock);
  });

  test('a missing lockfile is read as undefined', () => {
    const file = lockFile();
    expect(readLockfile(file)).toBeUndefined();
    expect(hashLockfile(file)).toBe('');
  });

  test('a lockfile that would not change is not touched', () => {
    const file = lockFile();
    writeLockfile(file, lockOf(artifact()));
    utimesSync(file, 1, 1);
    expect(writeLockfile(file, lockOf(artifact()))).toBe(false);
    expect(statSync(file).mtimeMs).toBe(1000);
  });

  test('the order of artifacts and files does not matter, and no temporary file is left', () => {
    const file = lockFile();
    const [one, two] = [
      { bucket: 'tensorflow', path: 'a', size: 1, mtime: 1, sha256: SHA },
      { bucket: 'tensorflow', path: 'B', size: 1, mtime: 1, sha256: OTHER },
    ];
    writeLockfile(file, lockOf(artifact({ id: 'x', files: [one, two] }), artifact({ id: 'Y' })));
    const text = readFileSync(file, 'utf8');
    expect(
      writeLockfile(file, lockOf(artifact({ id: 'Y' }), artifact({ id: 'x', files: [two, one] }))),
    ).toBe(false);
    expect(hashLockfile(file)).toBe(createHash('sha256').update(text).digest('hex'));
    expect(readdirSync(join(file, '..'))).toEqual(['tfcache.lock']);
  });

  test('one changed file is one changed line', () => {
    const file = lockFile();
    const files = Array.from({ length: 9 }, (_, index) => ({
      bucket: 'tensorflow',
      path: `f${index}`,
      size: 1,
      mtime: 1,
      sha256: SHA,
    }));
    writeLockfile(file, lockOf(artifact({ files })));
    const before = readFileSync(file, 'utf8').split('\n');
    writeLockfile(
      file,
      lockOf(
        artifact({
          files: files.map((one, index) => (index === 4 ? { ...one, sha256: OTHER } : one)),
        }),
      ),
    );
    const after = readFileSync(file, 'utf8').split('\n');
    expect(after.filter((line, index) => line !== before[index])).toHaveLength(1);
    expect(after).toHaveLength(before.length);
  });

  test.each(AWKWARD_NAMES)('a path, an id and a title may contain %j', (name) => {
    const file = lockFile();
    const lock = lockOf(
      artifact({
        id: name,
        request: name,
        title: name,
        files: [{ bucket: 'tensorflow', path: `d/${name}`, size: 1, mtime: -1, sha256: SHA }],
      }),
    );
    writeLockfile(file, lock);
    expect(readLockfile(file)).toEqual(lock);
  });

  test('CRLF line ends and a byte order mark are accepted', () => {
    const file = lockFile();
    writeLockfile(file, lockOf(artifact()));
    writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8').replaceAll('\n', '\r\n')}`);
    expect(readLockfile(file)).toEqual(lockOf(artifact()));
  });

  test('a symbolic link is kept, and its target is written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real'), '');
    symlinkSync('real', join(folder, 'tfcache.lock'));
    writeLockfile(join(folder, 'tfcache.lock'), lockOf(artifact()));
    expect(readLockfile(join(folder, 'real'))).toEqual(lockOf(artifact()));
  });

  test('a lockfile that cannot be written is an error', () => {
    const folder = temporaryFolder();
    const error = thrownBy(() =>
      writeLockfile(join(folder, 'no', 'such', 'tfcache.lock'), EMPTY_LOCKFILE),
    );
    expect(error.message).toContain('write the lockfile');
    mkdirSync(join(folder, 'folder'));
    expect(thrownBy(() => readLockfile(join(folder, 'folder')))).toMatchObject({ code: 'usage' });
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});

describe('an invalid lockfile', () => {
  const refusal = (text: string) => {
    const file = lockFile();
    writeFileSync(file, text);
    const error = thrownBy(() => readLockfile(file));
    expect(error.hint).toBeDefined();
    expect(error.where).toContain(file);
    return error;
  };
  const textOf = (lock: unknown) => JSON.stringify(lock, undefined, 2);
  const withFile = (file: object) =>
    textOf({
      version: 1,
      artifacts: [{ ...artifact(), files: [{ ...artifact().files[0], ...file }] }],
    });

  test.each([
    ['', 'line 1, column 1'],
    ['{\n  "version": 1,\n  "artifacts": [,]\n}', 'line 3, column 17'],
    ['{\n  "version": 1,\n  "artifacts": [', 'line 3, column 17'],
    ['not a lock at all', 'line 1, column 2'],
    ['{\n  "version": 1\n  "artifacts": []\n}', 'line 3, column 3'],
    ['{"version": 1, "artifacts": "a\\x"}', 'line 1, column 32'],
    ['{"version": 1}}', 'line 1, column 15'],
  ])('invalid JSON %j is reported at %s', (text, position) => {
    expect(refusal(text)).toMatchObject({
      code: 'usage',
      where: expect.stringContaining(position),
    });
  });

  test('an unresolved merge conflict is reported with its line', () => {
    const error = refusal('{\n<<<<<<< HEAD\n  "version": 1,\n=======\n>>>>>>> theirs\n');
    expect(error.message).toContain('merge');
    expect(error.where).toContain('line 2');
  });

  test('another version is rejected as such, whatever else is in the file', () => {
    expect(refusal('{"version": 2, "things": {}}')).toMatchObject({
      message: expect.stringContaining('version that this tfcache does not know'),
      expected: 'version 1',
      found: 'version 2',
    });
  });

  test.each([
    ['path', '../../etc/passwd', '".."'],
    ['path', '/etc/passwd', 'absolute'],
    ['path', 'a//b', 'empty name'],
    ['path', 'a/./b', '"."'],
    ['path', '', 'empty'],
    ['path', 'a\0b', 'NUL'],
    ['path', 'a/', 'empty name'],
    ['path', 'x'.repeat(300), '255'],
    ['bucket', '../x', 'bucket'],
    ['bucket', '', 'bucket'],
    ['bucket', '-x', 'bucket'],
    ['sha256', SHA.toUpperCase(), '64 lower-case'],
    ['sha256', 'abc', '64 lower-case'],
    ['size', -1, ''],
    ['size', 1.5, ''],
    ['size', '5', ''],
    ['size', undefined, ''],
    ['mtime', 'now', ''],
    ['extra', 1, ''],
  ])('a file with %s %j is rejected', (field, value, message) => {
    const error = refusal(withFile({ [field]: value }));
    expect(error.code).toBe('usage');
    expect(error.message).toContain(message);
    expect(error.where).toContain(`artifacts.0.files.0.${field}`);
  });

  test('the line of an invalid value is reported', () => {
    expect(refusal(withFile({ path: '../evil' })).where).toMatch(/line \d+$/);
  });

  test.each([
    'null',
    '[]',
    '1',
    '{}',
    '{"version":1}',
    '{"version":"1","artifacts":[]}',
    '{"version":1,"artifacts":{}}',
  ])('the content %s is rejected', (text) => {
    expect(refusal(text).code).toBe('usage');
  });

  test.each([
    ['{\n "version": 1,\n "artifacts": [],\n "extra": 1}', 'extra', 4],
    ['{\n "version": 1,\n "artefacts": []}', 'artefacts', 3],
    [
      '{"version": 1,\n "artifacts": [{"id": "a",\n "requst": "a", "title": "", "files": []}]}',
      'requst',
      3,
    ],
  ])('an unknown key of %j is reported with its line', (text, key, line) => {
    const error = refusal(text);
    expect(error.message).toContain(`the key "${key}" is unknown`);
    expect(error.where).toContain(`${key}, line ${line}`);
  });

  test('an unknown key of the second file of the second entry is reported with its line', () => {
    const [file] = artifact().files;
    const odd = { ...file, path: 'x', sha265: 'artifacts":[{' };
    const error = refusal(
      textOf({
        version: 1,
        artifacts: [
          artifact(),
          artifact({ id: 'b', files: [file, odd] as LockedArtifact['files'] }),
        ],
      }),
    );
    expect(error.message).toContain('the key "sha265" is unknown (did you mean "sha256"?)');
    expect(error.expected).toContain('sha256');
    expect(error.where).toMatch(/artifacts\.1\.files\.1\.sha265, line 36$/);
  });

  test('a missing key is reported with the line of its object', () => {
    const error = refusal('{"version": 1,\n "artifacts": [\n {"id": "a"}]}');
    expect(error.message).toContain('request is missing');
    expect(error.where).toMatch(/line 3$/);
  });

  test.each([
    'top-secret',
    '{"version": 1, top-secret',
    '"top-secret"',
    '["top-secret"]',
    '{"top-secret": "top-secret"}',
    '{"version": "top-secret"}',
    '{"version": 1, "artifacts": "top-secret"}',
    '{"version": 1, "artifacts": [{"id": 1, "title": "top-secret"}]}',
    '{\n<<<<<<< top-secret\n}',
  ])('the content is not quoted: %s', (text) => {
    const error = refusal(text);
    expect(`${describeError(error)}${String(error.cause)}`).not.toContain('top-secret');
  });

  test('an invalid value is not quoted', () => {
    expect(describeError(refusal(withFile({ sha256: 'top-secret' })))).not.toContain('top-secret');
  });

  test('an artifact without files is rejected with its name and line', () => {
    const empty = artifact({ id: 'path:none', title: '"files": []', files: [] });
    const error = refusal(textOf({ version: 1, artifacts: [artifact(), empty] }));
    expect(error).toMatchObject({ code: 'usage', expected: 'at least one file' });
    expect(error.message).toContain('path:none');
    expect(error.where).toMatch(/, line 22$/);
    expect(error.hint).toContain('lock');
  });

  test('a duplicate artifact or file is rejected', () => {
    expect(refusal(textOf({ version: 1, artifacts: [artifact(), artifact()] })).message).toContain(
      'twice',
    );
    const [file] = artifact().files;
    expect(
      refusal(
        textOf({
          version: 1,
          artifacts: [artifact({ files: file === undefined ? [] : [file, file] })],
        }),
      ).message,
    ).toContain('linux/a.whl');
  });
});

describe('files that a checkout may hold', () => {
  const inFolder = (make: (file: string) => void) => {
    const file = lockFile();
    make(file);
    return file;
  };

  test.each<[string, (file: string) => void, string]>([
    ['a link to /dev/zero', (file) => symlinkSync('/dev/zero', file), 'a device'],
    ['a link to /dev/stdin', (file) => symlinkSync('/dev/null', file), 'a device'],
    ['a named pipe', (file) => execFileSync('mkfifo', [file]), 'a named pipe'],
    ['a folder', (file) => mkdirSync(file), 'a folder'],
  ])('%s is refused before it is read', (_, make, found) => {
    const file = inFolder(make);
    const acts = [
      () => readLockfile(file),
      () => writeLockfile(file, EMPTY_LOCKFILE),
      () => requireWritableLockfile(file),
    ];
    for (const act of acts) {
      expect(thrownBy(act)).toMatchObject({ code: 'usage', where: file, found });
    }
    expect(hashLockfile(file)).toBe('');
  });

  test('a lockfile that is too large is rejected with both sizes', () => {
    const file = inFolder((name) => writeFileSync(name, '{'));
    truncateSync(file, 65 * 1024 * 1024);
    expect(thrownBy(() => readLockfile(file))).toMatchObject({
      code: 'usage',
      message: 'The lockfile is too large.',
      expected: 'at most 67108864 bytes',
      found: '68157440 bytes',
    });
  });

  test.skipIf(process.platform !== 'linux')(
    'a file whose size is reported as 0 is read anyway',
    () => {
      const file = inFolder((name) => symlinkSync('/proc/self/status', name));
      expect(thrownBy(() => readLockfile(file)).message).toBe('The lockfile is not JSON.');
    },
  );
});

describe('line endings', () => {
  test.each(['', '\uFEFF'])('CRLF is kept if the file has it (byte order mark %j)', (mark) => {
    const file = lockFile();
    writeLockfile(file, lockOf(artifact()));
    const crlf = `${mark}${readFileSync(file, 'utf8').replaceAll('\n', '\r\n')}`;
    writeFileSync(file, crlf);
    expect(writeLockfile(file, lockOf(artifact()))).toBe(false);
    expect(writeLockfile(file, lockOf(artifact(), artifact({ id: 'z' })))).toBe(true);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith(`${mark}{\r\n`)).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(readLockfile(file)?.artifacts).toHaveLength(2);
    writeLockfile(file, lockOf(artifact()));
    expect(readFileSync(file, 'utf8')).toBe(crlf);
  });
});

describe('entries and differences', () => {
  test('an artifact replaces the one with its id', () => {
    const lock = upsertLockedArtifact(
      upsertLockedArtifact(lockOf(artifact({ id: 'a' })), artifact({ id: 'b' })),
      artifact({ id: 'a', title: 'new' }),
    );
    expect(lock.artifacts.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(findLockedArtifact(lock, 'a')?.title).toBe('new');
    expect(findLockedArtifact(lock, 'c')).toBeUndefined();
  });

  test('titles and the way a request is written are not compared', () => {
    expect(
      compareLockfiles(
        lockOf(artifact()),
        lockOf(artifact({ title: 'another', request: 'another' })),
      ),
    ).toEqual([]);
  });

  test('every difference is one line', () => {
    const file = { bucket: 'tensorflow', path: 'f', size: 1, mtime: 1, sha256: SHA };
    const before = lockOf(
      artifact({ id: 'gone', title: 'Gone' }),
      artifact({ id: 'same' }),
      artifact({ id: 'changed', version: '1', files: [file, { ...file, path: 'old' }] }),
    );
    const after = lockOf(
      artifact({ id: 'same' }),
      artifact({ id: 'new', title: 'New', files: [] }),
      artifact({
        id: 'changed',
        version: '2',
        files: [
          { ...file, sha256: OTHER, size: 2 },
          { ...file, bucket: 'tfds-data', path: 'new' },
        ],
      }),
    );
    expect(compareLockfiles(before, after)).toEqual([
      '~ changed: version 1 became 2',
      `~ changed: f: sha256 ${SHA} (1 bytes) became ${OTHER} (2 bytes)`,
      '- changed: old',
      '+ changed: @tfds-data/new',
      '- gone: Gone, 1 file',
      '+ new: New, 0 files',
    ]);
  });
});
