import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startHeartbeat } from '../../../src/platform/lock/owned-file.ts';
import { acquireLock } from '../../../src/platform/lock/process-lock.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { startChild } from '../../support/child.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../../support/mounts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { rejectionOf } from '../../support/thrown.ts';

const open = (folder = temporaryFolder()) => openStore(folder, { log: silentLog });
const CHILD = new URL('./staging-child.ts', import.meta.url);
const FAST = { pollMs: 5, heartbeatMs: 20, staleMs: 300 };

describe('staging', () => {
  test('what was left in it is handed on; empty folders are not', async () => {
    const store = open();
    const first = await store.stage('rsync://mirror/x');
    mkdirSync(join(first.folder, 'a', '.partial'), { recursive: true });
    mkdirSync(join(first.folder, 'b', 'c'), { recursive: true });
    writeFileSync(join(first.folder, 'a', '.partial', 'half'), 'ha');
    await first.release();
    const second = await store.stage('rsync://mirror/x');
    expect(second.folder).toBe(first.folder);
    expect(readFileSync(join(second.folder, 'a', '.partial', 'half'), 'utf8')).toBe('ha');
    expect(readdirSync(second.folder)).toEqual(['a']);
    await second.release();
  });

  test('names that differ have folders of their own, below the store', async () => {
    const store = open();
    const names = ['a/b', 'a-b', '../../x', 'x'.repeat(500), '', '中文', '日本'];
    const stagings = await Promise.all(names.map((name) => store.stage(name)));
    expect(new Set(stagings.map(({ folder }) => folder)).size).toBe(names.length);
    for (const { folder } of stagings)
      expect(join(folder, '..')).toBe(join(store.folder, 'v1/staging'));
    for (const staging of stagings) await staging.release();
  });

  test('a second one in the same process waits for the first', async () => {
    const store = open();
    const first = await store.stage('x');
    let taken = false;
    const second = store.stage('x');
    void second.then(() => {
      taken = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(taken).toBe(false);
    await first.release();
    await (await second).release();
  });

  test('the wait ends when the job is cancelled', async () => {
    const store = open();
    const first = await store.stage('x');
    const controller = new AbortController();
    const second = store.stage('x', { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('cancelled')), 100);
    await expect(second).rejects.toThrow('cancelled');
    await expect(store.stage('x', { signal: controller.signal })).rejects.toThrow('cancelled');
    await first.release();
    await expect(store.stage('x', { signal: controller.signal })).rejects.toThrow('cancelled');
  });

  test('releasing twice, or after the folder was removed, does no harm to the next', async () => {
    const store = open();
    const first = await store.stage('x');
    await first.release();
    const second = await store.stage('x');
    await first.release();
    let taken = false;
    const third = store.stage('x').then((staging) => {
      taken = true;
      return staging;
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(taken).toBe(false);
    await second.release();
    await (await third).release();
  });

  test('a process that was killed loses it at once, and what it staged stays', async () => {
    const store = open();
    const child = startChild(CHILD, [store.folder, 'x', 'hold']);
    await child.printed('mine');
    child.process.kill('SIGKILL');
    await child.ended();
    let told = false;
    const staging = await store.stage('x', {
      onWait: () => {
        told = true;
      },
    });
    expect(told).toBe(false);
    expect(readFileSync(join(staging.folder, 'staged'), 'utf8')).toBe('by the child');
    await staging.release();
  });

  test('one that is alive keeps it, also when it is stopped for a while', async () => {
    const store = open();
    const child = startChild(CHILD, [store.folder, 'x', 'hold']);
    await child.printed('mine');
    child.process.kill('SIGSTOP');
    let taken = false;
    const waiting = store.stage('x').then((staging) => {
      taken = true;
      return staging;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(taken).toBe(false);
    child.process.kill('SIGKILL');
    await (await waiting).release();
  });

  test('a process that exits without releasing frees it', async () => {
    const store = open();
    const child = startChild(CHILD, [store.folder, 'x', 'exit']);
    expect((await child.ended()).code).toBe(0);
    const [name = ''] = readdirSync(join(store.folder, 'v1/locks'));
    expect(readFileSync(join(store.folder, 'v1/locks', name, '1'), 'utf8')).toBe('released\n');
  });

  test('processes that all want it get it one after the other', async () => {
    const store = open();
    const children = Array.from({ length: 4 }, () =>
      startChild(CHILD, [store.folder, 'x', 'count']),
    );
    for (const child of children) expect(await child.ended()).toMatchObject({ code: 0 });
    const staging = await store.stage('x');
    // Each reads the number, waits a little and writes the next: a turn that overlaps another is a number lost.
    expect(readFileSync(join(staging.folder, 'counter'), 'utf8')).toBe('100');
    await staging.release();
    const [name = ''] = readdirSync(join(store.folder, 'v1/locks'));
    expect(readdirSync(join(store.folder, 'v1/locks', name))).toHaveLength(1);
  });
});

describe('ownership', () => {
  /** A turn of a process that cannot be seen from here. */
  function writeForeign(folder: string, turn = 1): string {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, String(turn));
    writeFileSync(file, `${process.pid}\n1\nanother-host another-boot pid:[1]\n`);
    return file;
  }

  test('an owner on another machine keeps it while it shows that it lives', async () => {
    const folder = join(temporaryFolder(), 'x');
    const file = writeForeign(folder);
    let beats = 0;
    // A clock that is an hour behind ours must not matter.
    const alive = setInterval(() => {
      beats += 1;
      utimesSync(file, Date.now() / 1000 - 3600, Date.now() / 1000 - 3600);
    }, 20);
    let taken = false;
    const waiting = acquireLock(folder, FAST).then((ownership) => {
      taken = true;
      return ownership;
    });
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect({ taken, alive: beats > 5 }).toEqual({ taken: false, alive: true });
    clearInterval(alive);
    (await waiting).release();
  });

  test('a pid that was reused, or is of another boot, is not mistaken for the owner', async () => {
    const folder = join(temporaryFolder(), 'x');
    const own = await acquireLock(folder, FAST);
    const [pid, started, realm] = readFileSync(join(folder, '1'), 'utf8').split('\n');
    own.release();
    if (started === '') return;
    writeFileSync(join(folder, '1'), `${pid}\n${Number(started) - 1}\n${realm}\n`);
    let waited = false;
    const ownership = await acquireLock(folder, {
      ...FAST,
      staleMs: 60_000,
      firstNoticeMs: 0,
      onWait: () => {
        waited = true;
      },
    });
    expect(waited).toBe(false);
    ownership.release();
  });

  test.each(['', 'rubbish', '99999999999999\n1\nx\n', '\0\0\0'])(
    'a turn that says %j is waited for, then taken',
    async (text) => {
      const folder = join(temporaryFolder(), 'x');
      mkdirSync(folder);
      writeFileSync(join(folder, '7'), text);
      writeFileSync(join(folder, 'left.draft'), 'by a killed run');
      let waited = false;
      const ownership = await acquireLock(folder, {
        ...FAST,
        firstNoticeMs: 0,
        onWait: () => {
          waited = true;
        },
      });
      expect(waited).toBe(true);
      expect(readdirSync(folder)).toEqual(['8']);
      ownership.release();
    },
  );

  test('the owner shows that it lives', async () => {
    const folder = join(temporaryFolder(), 'x');
    const ownership = await acquireLock(folder, FAST);
    utimesSync(join(folder, '1'), 1, 1);
    await expect.poll(() => statSync(join(folder, '1')).mtimeMs).toBeGreaterThan(1000);
    ownership.release();
  });

  test('a folder that is discarded begins anew, and whoever looked at the old one is not mistaken for an owner', async () => {
    const folder = join(temporaryFolder(), 'x');
    (await acquireLock(folder, FAST)).releaseAndRemove();
    expect(existsSync(folder)).toBe(false);
    const order: string[] = [];
    let together = 0;
    const one = async (name: string) => {
      for (let round = 0; round < 20; round += 1) {
        const ownership = await acquireLock(folder, { ...FAST, pollMs: 1 });
        together += 1;
        expect(together).toBe(1);
        order.push(name);
        await new Promise((resolve) => setTimeout(resolve, 1));
        together -= 1;
        if (round % 3 === 0) ownership.releaseAndRemove();
        else ownership.release();
      }
    };
    await Promise.all(['a', 'b', 'c'].map(one));
    expect(order).toHaveLength(60);
  });

  test('one that discards leaves the folder to whoever waits', async () => {
    const folder = join(temporaryFolder(), 'x');
    const first = await acquireLock(folder, FAST);
    const second = acquireLock(folder, FAST);
    first.releaseAndRemove();
    (await second).release();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('who waits says for whom, and says so again', async () => {
    const folder = join(temporaryFolder(), 'x');
    const owner = await acquireLock(folder, FAST);
    const told: string[] = [];
    const waiting = acquireLock(folder, {
      ...FAST,
      firstNoticeMs: 20,
      noticeEveryMs: 20,
      onWait: (name) => void told.push(name),
    });
    await expect.poll(() => told.length).toBeGreaterThan(2);
    expect(new Set(told)).toEqual(new Set([`process ${process.pid}`]));
    owner.release();
    (await waiting).release();
  });

  test('one that lives and shows nothing is not waited for, one that shows it is', async () => {
    const store = open();
    const child = startChild(CHILD, [store.folder, 'x', 'hold']);
    await child.printed('mine');
    child.process.kill('SIGSTOP');
    const [name = ''] = readdirSync(join(store.folder, 'v1/locks'));
    const hung = join(store.folder, 'v1/locks', name);
    const error = await rejectionOf(acquireLock(hung, { ...FAST, hungMs: 200 }));
    expect(error).toMatchObject({ code: 'failed', where: hung });
    expect(error.found).toMatch(
      new RegExp(`^process ${child.process.pid}, without a sign of life for \\d+ s$`),
    );
    expect(error.hint).toContain('stat T');

    const folder = join(temporaryFolder(), 'x');
    const owner = await acquireLock(folder, FAST);
    const waiting = acquireLock(folder, { ...FAST, hungMs: 1_000 });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    owner.release();
    (await waiting).release();
  });

  test('one who shows that it lives goes on after the file system refused it', async ({ skip }) => {
    const disk = mountSmall('size=1m');
    if (disk === undefined) return skip(CANNOT_MOUNT);
    const file = join(disk, 'v1/file');
    mkdirSync(join(disk, 'v1'));
    writeFileSync(file, '');
    const life = startHeartbeat(file, 20);
    remount(disk, 'ro');
    life.beat();
    await new Promise((resolve) => setTimeout(resolve, 100));
    remount(disk, 'rw');
    utimesSync(file, 1, 1);
    await expect.poll(() => statSync(file).mtimeMs).toBeGreaterThan(1000);
    life.stop();
  });

  test('who is impatient is told who keeps it', async () => {
    const folder = join(temporaryFolder(), 'x');
    const owner = await acquireLock(folder, FAST);
    const error = await rejectionOf(acquireLock(folder, { ...FAST, timeoutMs: 50 }));
    expect(error).toMatchObject({ code: 'failed', found: `process ${process.pid}`, where: folder });
    owner.release();
  });
});
