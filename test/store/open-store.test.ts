import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/platform/log.ts';
import type { ChangedObject } from '../../src/store/objects/object-change.ts';
import { openStore } from '../../src/store/open-store.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../support/mounts.ts';
import { AWKWARD_NAMES } from '../support/names.ts';
import { recordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { thrownBy } from '../support/thrown.ts';

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const MTIME = 1_700_000_000;

function open() {
  const root = temporaryFolder();
  const changed: ChangedObject[] = [];
  const options = { log: silentLog, onChanged: (one: ChangedObject) => void changed.push(one) };
  const folder = join(root, 'store');
  const store = openStore(folder, options);
  let count = 0;
  /** Writes a file and takes it in. */
  const add = (text: string) => {
    const file = join(root, `incoming-${count++}`);
    writeFileSync(file, text);
    utimesSync(file, MTIME, MTIME);
    const digest = { sha256: sha256Of(text), size: text.length };
    return { ...digest, file, object: store.add(file, digest) };
  };
  return { root, folder, store, add, changed, again: () => openStore(folder, options) };
}

describe('objects', () => {
  test('what was taken in is found by its digest, read-only, with the time it had', () => {
    const { store, add, again } = open();
    const { sha256, size, object, file } = add('hello');
    expect(readFileSync(object, 'utf8')).toBe('hello');
    expect(statSync(object).mode & 0o777).toBe(0o444);
    expect(statSync(object).mtimeMs).toBe(MTIME * 1000);
    expect(existsSync(file)).toBe(false);
    expect(store.objectPath(sha256, size)).toBe(object);
    expect(again().objectPath(sha256, size)).toBe(object);
  });

  test('what was not taken in is not found, nor what is no digest', () => {
    const { store, add } = open();
    const { sha256, size } = add('hello');
    expect(store.objectPath(sha256Of('other'), 5)).toBeUndefined();
    expect(store.objectPath(sha256, size + 1)).toBeUndefined();
    expect(store.objectPath('../../../../etc/passwd', 1)).toBeUndefined();
  });

  test('an object that is there wins, and the second file is removed', () => {
    const { add } = open();
    const first = add('hello');
    const second = add('hello');
    expect(second.object).toBe(first.object);
    expect(existsSync(second.file)).toBe(false);
    expect(statSync(first.object).nlink).toBe(1);
  });

  test('what another process takes in later is found without opening anew', () => {
    const { store, add, again } = open();
    const other = again();
    expect(other.objectPath(sha256Of('hello'), 5)).toBeUndefined();
    const { object } = add('hello');
    expect(other.objectPath(sha256Of('hello'), 5)).toBe(object);
    rmSync(object);
    expect(other.objectPath(sha256Of('hello'), 5)).toBeUndefined();
    expect(store.objectPath(sha256Of('hello'), 5)).toBeUndefined();
  });

  test('an empty file is content like any other', () => {
    const { store, add } = open();
    const { sha256, object } = add('');
    expect(store.objectPath(sha256, 0)).toBe(object);
  });

  test.each([
    ['written to, same length', (object: string) => writeFileSync(object, 'jello')],
    [
      'written to, same length and time',
      (object: string) => {
        writeFileSync(object, 'jello');
        utimesSync(object, MTIME, MTIME + 1);
      },
    ],
    ['appended to', (object: string) => writeFileSync(object, ' world', { flag: 'a' })],
    ['truncated', (object: string) => writeFileSync(object, '')],
    [
      'replaced by another file',
      (object: string) => {
        writeFileSync(`${object}.new`, 'jello');
        utimesSync(`${object}.new`, MTIME, MTIME);
        renameSync(`${object}.new`, object);
      },
    ],
    [
      'replaced by a symbolic link',
      (object: string) => {
        rmSync(object);
        symlinkSync('/etc/hostname', object);
      },
    ],
    [
      'replaced by a folder',
      (object: string) => {
        rmSync(object);
        mkdirSync(object);
      },
    ],
  ])('one that was %s is quarantined, told, and absent until it is taken in again', (_, harm) => {
    const { folder, store, add, changed } = open();
    const { sha256, size, object } = add('hello');
    chmodSync(object, 0o644);
    harm(object);
    expect(store.objectPath(sha256, size)).toBeUndefined();
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatchObject({ sha256, object });
    expect(readdirSync(join(folder, 'v1', 'quarantine'))).toHaveLength(1);
    expect(store.objectPath(sha256, size)).toBeUndefined();
    expect(changed).toHaveLength(1);
    const { object: healed } = add('hello');
    expect(store.objectPath(sha256, size)).toBe(healed);
    expect(readFileSync(healed, 'utf8')).toBe('hello');
  });

  test('a change through a hard link elsewhere is noticed', () => {
    const { root, store, add, changed } = open();
    const { sha256, size, object } = add('hello');
    linkSync(object, join(root, 'linked'));
    expect(store.objectPath(sha256, size)).toBe(object);
    chmodSync(join(root, 'linked'), 0o644);
    writeFileSync(join(root, 'linked'), 'jello');
    expect(store.objectPath(sha256, size)).toBeUndefined();
    expect(changed[0]?.ino).toBe(String(statSync(join(root, 'linked')).ino));
  });

  test('one that was only touched is read, and stays', () => {
    const { store, add, changed } = open();
    const { sha256, size, object } = add('hello');
    utimesSync(object, 1, 1);
    const healed = store.objectPath(sha256, size);
    expect(healed).toBeDefined();
    expect(readFileSync(healed ?? '', 'utf8')).toBe('hello');
    expect(changed).toEqual([]);
    expect(store.objectPath(sha256, size)).toBe(healed);
  });

  test('that this process may open no more files says nothing of an object', () => {
    const { folder, add } = open();
    const { sha256, size, object } = add('hello');
    utimesSync(object, 1, 1);
    const child = new URL('./out-of-files-child.ts', import.meta.url).pathname;
    const command = `ulimit -n 60 && exec "$0" "$@"`;
    const args = ['-c', command, process.execPath, child, folder, sha256, String(size)];
    const answer: unknown = JSON.parse(execFileSync('sh', args, { encoding: 'utf8' }));
    expect(answer).toEqual({
      said: expect.stringContaining('too many open files') as string,
      found: true,
    });
    expect(existsSync(join(folder, 'v1/quarantine'))).toBe(false);
  });

  test('in a store that may only be read, one that was touched is served as it is, one with other bytes is not', ({
    skip,
  }) => {
    const disk = mountSmall('size=1m');
    if (disk === undefined) return skip(CANNOT_MOUNT);
    const folder = join(disk, 'store');
    const store = openStore(folder, { log: silentLog });
    const [touched = '', harmed = ''] = ['hello', 'other'].map((text) => {
      writeFileSync(join(disk, 'incoming'), text);
      return store.add(join(disk, 'incoming'), { sha256: sha256Of(text), size: 5 });
    });
    for (const object of [touched, harmed]) chmodSync(object, 0o644);
    writeFileSync(harmed, 'OTHER');
    for (const object of [touched, harmed]) utimesSync(object, 1, 1);
    remount(disk, 'ro');
    const log = recordingLog();
    const again = openStore(folder, { log });
    expect(again.objectPath(sha256Of('hello'), 5)).toBe(touched);
    expect(again.objectPath(sha256Of('hello'), 5)).toBe(touched);
    expect(log.lines).toEqual([]);
    expect(again.objectPath(sha256Of('other'), 5)).toBeUndefined();
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatch(/passed over: it was written to .*cannot be taken away \(EROFS\)/);
    remount(disk, 'rw');
  });

  test('one that cannot be read is passed over, and not taken for one that was changed', ({
    skip,
  }) => {
    if (process.getuid?.() !== 0 || process.seteuid === undefined)
      return skip('needs root to be someone else');
    const { root, folder, add, changed } = open();
    const { sha256, size, object } = add('hello');
    for (const parent of [root, folder]) chmodSync(parent, 0o755);
    chmodSync(object, 0o400);
    utimesSync(object, 1, 1);
    const log = recordingLog();
    process.seteuid(65534);
    try {
      const other = openStore(folder, { log, onChanged: (one) => void changed.push(one) });
      expect(other.objectPath(sha256, size)).toBeUndefined();
    } finally {
      process.seteuid(0);
    }
    expect(changed).toEqual([]);
    expect(log.lines.join()).toMatch(/passed over: it cannot be read \(EACCES\)/);
    expect(existsSync(object)).toBe(true);
  });

  test('one that a hard link made writable is made read-only again', () => {
    const { store, add } = open();
    const { sha256, size, object } = add('hello');
    chmodSync(object, 0o666);
    expect(store.objectPath(sha256, size)).toBe(object);
    expect(statSync(object).mode & 0o222).toBe(0);
  });

  test('a store that was copied elsewhere keeps its objects', () => {
    const { root, folder, add } = open();
    const { sha256, size } = add('hello');
    const moved = join(root, 'moved');
    // A copy has other inodes, and here other times.
    const [name = ''] = readdirSync(join(folder, 'v1/objects'), {
      recursive: true,
      encoding: 'utf8',
    }).filter((one) => one.includes('.'));
    mkdirSync(join(moved, 'v1/objects', dirname(name)), { recursive: true });
    writeFileSync(join(moved, 'v1/objects', name), 'hello');
    expect(openStore(moved, { log: silentLog }).objectPath(sha256, size)).toBeDefined();
  });

  test('a file that is not the one that was hashed is not taken in', () => {
    const { root, store } = open();
    const file = join(root, 'file');
    writeFileSync(file, 'hello');
    const digest = { sha256: sha256Of('hello'), size: 5, ino: String(statSync(file).ino) };
    writeFileSync(`${file}.new`, 'jello');
    renameSync(`${file}.new`, file);
    expect(thrownBy(() => store.add(file, digest)).code).toBe('integrity');
    expect(thrownBy(() => store.add(file, { ...digest, size: 4 })).code).toBe('integrity');
    expect(store.objectPath(sha256Of('hello'), 5)).toBeUndefined();
    symlinkSync(file, join(root, 'link'));
    expect(
      thrownBy(() => store.add(join(root, 'link'), { sha256: sha256Of('jello'), size: 5 })).code,
    ).toBe('integrity');
  });

  test('a file that vanished is a clear error', () => {
    const { root, store } = open();
    const error = thrownBy(() => store.add(join(root, 'gone'), { sha256: sha256Of('x'), size: 1 }));
    expect(error).toMatchObject({ code: 'failed', where: join(root, 'gone') });
    expect(error.message).toContain('does not exist');
  });
});

test('a store that another process is only just making is opened all the same', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'v1'));
  const store = openStore(folder, { log: silentLog });
  expect(store.objectPath('0'.repeat(64), 1)).toBeUndefined();
  expect(existsSync(join(folder, 'v1', 'objects'))).toBe(true);
});

describe('paths', () => {
  const file = {
    bucket: 'tensorflow',
    path: 'linux/cpu/a.whl',
    size: 5,
    mtime: MTIME,
    sha256: sha256Of('a'),
  };

  test('what was remembered is found by path, size and time, by whoever opens the store', async () => {
    const { store, again } = open();
    store.remember([file]);
    expect(store.find({ bucket: file.bucket, path: file.path, size: 5, mtime: MTIME })).toEqual(
      file,
    );
    expect(again().find({ bucket: file.bucket, path: file.path, size: 5, mtime: MTIME })).toEqual(
      file,
    );
    expect(
      store.find({ bucket: file.bucket, path: file.path, size: 6, mtime: MTIME }),
    ).toBeUndefined();
    expect(
      store.find({ bucket: file.bucket, path: file.path, size: 5, mtime: MTIME + 1 }),
    ).toBeUndefined();
    expect(
      store.find({ bucket: 'tfds-data', path: file.path, size: 5, mtime: MTIME }),
    ).toBeUndefined();
    expect(
      store.find({ bucket: file.bucket, path: 'linux/cpu/b.whl', size: 5, mtime: MTIME }),
    ).toBeUndefined();
  });

  test('it is written when the event loop turns, without being asked for', async () => {
    const { store, again } = open();
    store.remember([file]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(again().find({ bucket: file.bucket, path: file.path, size: 5, mtime: MTIME })).toEqual(
      file,
    );
  });

  test('the newest wins, and what another process remembers later is found', async () => {
    const { store, again } = open();
    const other = again();
    expect(
      other.find({ bucket: file.bucket, path: file.path, size: 5, mtime: MTIME }),
    ).toBeUndefined();
    store.remember([file]);
    store.remember([{ ...file, sha256: sha256Of('b') }]);
    store.find({ bucket: '', path: '', size: 0, mtime: 0 });
    // A log is looked at once a turn.
    await nextTurn();
    expect(
      other.find({ bucket: file.bucket, path: file.path, size: 5, mtime: MTIME })?.sha256,
    ).toBe(sha256Of('b'));
  });

  test.each(AWKWARD_NAMES)('a path with %j in it', (name) => {
    const { store, again } = open();
    const awkward = { ...file, path: `dir ${name}/${name}` };
    store.remember([awkward]);
    store.find({ bucket: '', path: '', size: 0, mtime: 0 });
    expect(
      again().find({ bucket: awkward.bucket, path: awkward.path, size: 5, mtime: MTIME }),
    ).toEqual(awkward);
  });

  test('a damaged index loses only what was damaged', () => {
    const { folder, store, again } = open();
    const other = { ...file, path: 'linux/cpu/b.whl' };
    store.remember([file, other]);
    store.find({ bucket: '', path: '', size: 0, mtime: 0 });
    const index = join(folder, 'v1', 'index');
    const [shard = ''] = readdirSync(index);
    const text = readFileSync(join(index, shard), 'utf8');
    writeFileSync(join(index, shard), text.replace('a.whl', 'c.whl'));
    const damaged = again();
    expect(
      damaged.find({ bucket: file.bucket, path: file.path, size: 5, mtime: MTIME }),
    ).toBeUndefined();
    expect(
      damaged.find({ bucket: file.bucket, path: 'linux/cpu/c.whl', size: 5, mtime: MTIME }),
    ).toBeUndefined();
    expect(damaged.find({ bucket: file.bucket, path: other.path, size: 5, mtime: MTIME })).toEqual(
      other,
    );
  });

  test('an index that cannot be written is a warning, not an error', () => {
    const root = temporaryFolder();
    const log = recordingLog();
    const store = openStore(root, { log });
    writeFileSync(join(root, 'v1', 'index'), 'a file where the folder should be');
    store.remember([file]);
    expect(
      store.find({ bucket: file.bucket, path: file.path, size: 5, mtime: MTIME }),
    ).toBeUndefined();
    expect(log.lines[0]).toMatch(/^warning: The store's index could not be written/);
  });
});

describe('opening', () => {
  test('a store of a newer format is refused, and left as it is', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'v9'));
    const error = thrownBy(() => openStore(root, { log: silentLog }));
    expect(error).toMatchObject({ code: 'failed', where: root, expected: 'v1', found: 'v9' });
    expect(readdirSync(root)).toEqual(['v9']);
  });

  test('a folder that cannot be is a clear error', () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'file'), '');
    const error = thrownBy(() => openStore(join(root, 'file'), { log: silentLog }));
    expect(error.message).toContain('open the store');
    expect(error.hint).toBeDefined();
  });
});
